using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Onnx.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>
/// Turns ONNX Runtime's exceptions into errors for apps. Its texts carry paths and source lines, so only the error's name and the node's
/// are shown; the whole text stays in the inner exception for the log. Which party is at fault follows from where it happened and from the
/// name: the managed exception carries no code, and a provider's own failure has a name that says nothing.
/// </summary>
internal static class OnnxErrors
{
    /// <summary>Names of errors that speak of the file alone, wherever it was to run: it was not even read.</summary>
    private static readonly HashSet<string> OfTheModel = ["InvalidProtobuf", "NoSuchFile", "NoModel"];

    /// <summary>The managed name of code 11, which is EP_FAIL in the native interface: a provider's own failure.</summary>
    private const string ProviderFailure = "ShapeInferenceNotRegistered";

    /// <summary>Whether a failed load is the model's fault without doubt.</summary>
    public static bool IsOfTheModel(OnnxRuntimeException e, OnnxDevice device) => device.ProviderDevice is null || OfTheModel.Contains(Name(e.Message));

    /// <summary>The model cannot be loaded anywhere.</summary>
    public static EdgeHostException ModelAtLoad(OnnxRuntimeException e, string model)
        => new(ErrorCode.InvalidArgument, $"'{model}' is not a model that ONNX Runtime can load ({Name(e.Message)}); verify or import it again.", e);

    /// <summary>The device cannot load it.</summary>
    public static DeviceFaultException DeviceAtLoad(OnnxRuntimeException e, string model, OnnxDevice device)
        => new(device.Description.Id, $"The device '{device.Description.Id}' could not load '{model}' ({DeviceProblem(e.Message)}).", e);

    /// <summary>A run failed: the inputs' fault on the processor or where ONNX Runtime says so, else the device's.</summary>
    public static EdgeHostException AtRun(OnnxRuntimeException e, string model, OnnxDevice device)
    {
        var name = Name(e.Message);
        return device.ProviderDevice is null || name == "InvalidArgument"
            ? new EdgeHostException(ErrorCode.InvalidArgument, $"'{model}' cannot run on these inputs ({name}{Node(e.Message)}).", e)
            : new DeviceFaultException(
                device.Description.Id,
                $"The device '{device.Description.Id}' failed while running '{model}' ({DeviceProblem(e.Message)}{DeviceNode(e.Message, device)}).",
                e)
            {
                HasStarted = true,
            };
    }

    /// <summary>What a device that is at fault says of it.</summary>
    internal static string DeviceProblem(string message) => Name(message) is var name && name == ProviderFailure ? "its execution provider reports a failure" : name;

    // The nodes that a provider fused have made-up names that say nothing to anybody.
    private static string DeviceNode(string message, OnnxDevice device)
        => Node(message) is var node && node.StartsWith($" at {device.Description.Provider}", StringComparison.Ordinal) ? string.Empty : node;

    /// <summary>The name in <c>[ErrorCode:Name] …</c>.</summary>
    internal static string Name(string message)
    {
        const string Start = "[ErrorCode:";
        var end = message.IndexOf(']', StringComparison.Ordinal);
        return message.StartsWith(Start, StringComparison.Ordinal) && end > Start.Length ? message[Start.Length..end] : "unknown error";
    }

    /// <summary>The operator and node in <c>… while running Conv node. Name:'conv1' …</c>.</summary>
    internal static string Node(string message)
    {
        const string Running = "while running ";
        const string Naming = " node. Name:'";
        var start = message.IndexOf(Running, StringComparison.Ordinal);
        var naming = message.IndexOf(Naming, Math.Max(0, start), StringComparison.Ordinal);
        if (start < 0 || naming < 0) return string.Empty;
        var end = message.IndexOf('\'', naming + Naming.Length);
        return end < 0 ? string.Empty : $" at {message[(start + Running.Length)..naming]} '{message[(naming + Naming.Length)..end]}'";
    }
}
