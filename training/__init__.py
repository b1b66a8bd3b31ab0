"""How the packaged pipeline is trained: read corpora, train one encoder with many heads, export to int8 ONNX."""
