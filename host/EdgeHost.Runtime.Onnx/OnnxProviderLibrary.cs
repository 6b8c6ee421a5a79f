namespace EdgeHost.Runtime.Onnx;

/// <summary>An execution provider in a library of its own, as vendors ship them.</summary>
public sealed class OnnxProviderLibrary
{
    /// <summary>The name it is registered under; unique. Ends in <c>.virtual</c> where its devices are virtual.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The absolute path of the library.</summary>
    public string Path { get; set; } = string.Empty;
}
