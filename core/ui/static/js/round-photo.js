// Makes a photo as small as is needed to read a dial: JPEG, its longer side at most LONGEST pixels.
const LONGEST = 1600;
const QUALITIES = [0.8, 0.65, 0.5, 0.35];
const ENOUGH = 500_000; // bytes

function drawn(image) {
  const part = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * part));
  canvas.height = Math.max(1, Math.round(image.height * part));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encoded(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

// The small photo, or null when the file is none that this browser can show, or does not get below `largest` bytes.
export async function smaller(file, largest) {
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    return null;
  }
  const canvas = drawn(image);
  image.close();
  let found = null;
  for (const quality of QUALITIES) {
    found = await encoded(canvas, quality);
    if (!found || found.size <= ENOUGH) break;
  }
  return found && found.size <= largest ? found : null;
}

// A picture of a kept photo. It is drawn: an address of a blob would be one that the page may not load.
export async function thumbnail(blob) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 72;
  try {
    const image = await createImageBitmap(blob);
    const side = Math.min(image.width, image.height);
    const from = [(image.width - side) / 2, (image.height - side) / 2, side, side];
    canvas.getContext("2d").drawImage(image, ...from, 0, 0, 72, 72);
    image.close();
  } catch {
    // the photo is there, only its picture is not
  }
  return canvas;
}
