namespace EdgeHost.ModelStore.Manifests;

/// <summary>Formats of models that an import turns into an ONNX graph.</summary>
public enum ModelFormat
{
    /// <summary>A TensorFlow.js graph model: the topology as JSON, and files of weights; <c>tfjs</c> in manifests.</summary>
    TensorFlowJs,

    /// <summary>A TensorFlow Lite file; <c>tflite</c> in manifests.</summary>
    TensorFlowLite,
}
