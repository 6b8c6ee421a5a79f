namespace EdgeHost.ModelTools.Protobuf;

/// <summary>How a field is laid out, as the low three bits of its tag say. Groups are not used by ONNX.</summary>
internal enum ProtobufKind
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
