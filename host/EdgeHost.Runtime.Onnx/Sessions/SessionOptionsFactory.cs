using EdgeHost.Runtime.Onnx.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Sessions;

/// <summary>The settings that all sessions have in common.</summary>
internal static class SessionOptionsFactory
{
    /// <summary>Settings for a device; the caller disposes.</summary>
    /// <param name="environment">The one of the process.</param>
    /// <param name="device">Where the session will run.</param>
    public static SessionOptions Create(OrtEnv environment, OnnxDevice device)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // A memory pattern plans one block for each set of shapes, and blocks of new sizes do not fit where old ones lay. Text detector over pages of
            // 320 to 960 pixels: arena 255 MB with patterns, 127 MB without; resident 252 and 155 MB; the same speed (414 and 411 ms at 960, over noise).
            // One arena for all sessions that grows by what is asked (kSameAsRequested) took 164 MB without patterns, 272 MB with them, and would hide
            // which session holds what. No arena at all costs the speech decoder 2.7 times the time.
            EnableMemoryPattern = false,
        };
        options.DisablePerSessionThreads();
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        if (device.ProviderDevice is { } provider) options.AppendExecutionProvider(environment, [provider], device.Options);
        return options;
    }
}
