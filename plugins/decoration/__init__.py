"""The customer service of a decoration firm (装修设计公司客户服务部), from first contact to lifetime care."""
