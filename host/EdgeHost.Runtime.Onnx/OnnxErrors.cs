using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>
/// Turns ONNX Runtime's exceptions into errors for apps. Its texts carry paths and source lines, so only the error's name and the node's
/// are shown; the whole text stays in the inner exception for the log. Which party is at fault follows from where it happened: the
/// exception does not say.
/// </summary>
internal static class OnnxErrors
{
    public static EdgeHostException AtLoad(OnnxRuntimeException e, string model, OnnxDevice device)
        => device.ProviderDevice is null
            ? new EdgeHostException(
                ErrorCode.InvalidArgument, $"'{model}' is not a model that ONNX Runtime can load ({Name(e.Message)}); verify or import it again.", e)
            : new EdgeHostException(
                ErrorCode.Unavailable, $"The device '{device.Description.Id}' could not load '{model}' ({Name(e.Message)}).", e);

    public static EdgeHostException AtRun(OnnxRuntimeException e, string model, OnnxDevice device)
        => device.ProviderDevice is null
            ? new EdgeHostException(ErrorCode.InvalidArgument, $"'{model}' cannot run on these inputs ({Name(e.Message)}{Node(e.Message)}).", e)
            : new EdgeHostException(
                ErrorCode.Unavailable, $"The device '{device.Description.Id}' failed while running '{model}' ({Name(e.Message)}{Node(e.Message)}).", e);

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
