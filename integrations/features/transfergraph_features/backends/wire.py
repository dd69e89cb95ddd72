"""As much of ONNX's protocol buffers as it takes to find the last dense layer and to make a value inside an output."""


def _varint(content, place):
    value = shift = 0
    while True:
        byte = content[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return value, place
        shift += 7


def _fields(content, place=0, end=None):
    """The fields of a message: (number, value), a value being a number or the (begin, end) of bytes."""
    end = len(content) if end is None else end
    while place < end:
        key, place = _varint(content, place)
        kind = key & 7
        if kind == 0:
            value, place = _varint(content, place)
        elif kind == 2:
            length, place = _varint(content, place)
            value = (place, place + length)
            place += length
        elif kind == 1:
            value, place = None, place + 8
        elif kind == 5:
            value, place = None, place + 4
        else:
            raise ValueError("no ONNX file")
        yield key >> 3, value


def _bytes(number, content):
    return _number(number << 3 | 2) + _number(len(content)) + content


def _number(value):
    found = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        found.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(found)


class Graph:
    """The nodes of a model's graph, as (operation, inputs, outputs), and the names of its outputs."""

    def __init__(self, content):
        from ..errors import UserError

        self.nodes, self.outputs = [], []
        self.initializers = set()

        def text(place):
            return bytes(content[place[0]:place[1]]).decode()

        try:
            for number, graph in _fields(content):
                if number != 7:
                    continue
                for kind, value in _fields(content, *graph):
                    if kind == 1:
                        inputs, outputs, operation = [], [], ""
                        for field, part in _fields(content, *value):
                            if field == 1:
                                inputs.append(text(part))
                            elif field == 2:
                                outputs.append(text(part))
                            elif field == 4:
                                operation = text(part)
                        self.nodes.append((operation, inputs, outputs))
                    elif kind == 12:
                        self.outputs.append(next(text(part) for field, part in _fields(content, *value) if field == 1))
                    elif kind == 5:
                        name = next((text(part) for field, part in _fields(content, *value) if field == 8), None)
                        self.initializers.add(name)
        except (ValueError, IndexError, UnicodeDecodeError, StopIteration) as error:
            raise UserError("The file is no ONNX model.") from error
        if not self.outputs:
            raise UserError("The file is no ONNX model: it has no outputs.")

    def before_last_dense(self, output):
        """What the last dense layer on the way to an output takes; None where there is none within a few steps."""
        maker = {name: node for node in self.nodes for name in node[2]}
        name = output
        for _ in range(8):
            node = maker.get(name)
            if node is None:
                return None
            operation, inputs, _ = node
            if operation in ("Gemm", "MatMul"):
                weighted = [one for one in inputs[:2] if self._is_constant(one, maker)]
                return inputs[0] if weighted and inputs[0] not in weighted else None
            if operation in ("Softmax", "LogSoftmax", "Add", "Sigmoid", "Identity", "Reshape", "Flatten", "Cast", "Squeeze",
                             "Unsqueeze"):
                name = next((one for one in inputs if not self._is_constant(one, maker)), None)
                if name is None:
                    return None
            else:
                return None
        return None

    def _is_constant(self, name, maker):
        if name in self.initializers:
            return True
        node = maker.get(name)
        return node is not None and node[0] in ("Constant", "Transpose", "DequantizeLinear", "Cast", "Identity") and all(
            self._is_constant(one, maker) for one in node[1])


def with_outputs(content, graph, names):
    """The model with these values among its outputs. A message's parts are joined where they stand twice, so that what is
    appended adds to the graph."""
    missing = [name for name in names if name not in graph.outputs]
    return content + b"".join(_bytes(7, _bytes(12, _bytes(1, name.encode()))) for name in missing)
