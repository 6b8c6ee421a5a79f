using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>
/// ONNX Runtime has one environment a process, and its thread pool can only be set when it is created, before any other call. This is the
/// one place that creates it; static because the thing itself is.
/// </summary>
internal static class OnnxEnvironment
{
    private static readonly Lock Gate = new();
    private static OrtEnv? _environment;

    public static OrtEnv GetOrCreate(int intraOpThreads)
    {
        lock (Gate)
        {
            if (_environment is not null) return _environment;
            if (OrtEnv.IsCreated)
            {
                throw new InvalidOperationException("Something else created the ONNX Runtime environment first; only the engine may use ONNX Runtime.");
            }

            using var threads = new OrtThreadingOptions
            {
                GlobalIntraOpNumThreads = intraOpThreads,
                GlobalInterOpNumThreads = 1,
                GlobalSpinControl = false,
            };
            var options = new EnvironmentCreationOptions
            {
                logId = "edgehost",
                logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
                threadOptions = threads,
            };
            return _environment = OrtEnv.CreateInstanceWithOptions(ref options);
        }
    }
}
