namespace EdgeHost.ModelTools;

/// <summary>What an attribute holds. The numbers are those of ONNX <c>AttributeProto.AttributeType</c>.</summary>
public enum AttributeKind
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>A number with fraction.</summary>
    Float = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>Bytes, mostly text.</summary>
    Text = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph.</summary>
    Graph = 5,

    /// <summary>Several numbers with fraction.</summary>
    Floats = 6,

    /// <summary>Several whole numbers.</summary>
    Integers = 7,

    /// <summary>Several texts.</summary>
    Texts = 8,

    /// <summary>Several tensors.</summary>
    Tensors = 9,

    /// <summary>Several graphs.</summary>
    Graphs = 10,
}
