using EdgeHost.ModelTools;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Steps;

/// <summary>Makes the sessions that run training graphs. With one thread the same inputs give the same bits.</summary>
internal static class SessionFactory
{
    public static InferenceSession Create(ModelProto model, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model.ToBytes().ToArray(), options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.Internal, "ONNX Runtime does not take the graph that was built for this network.", e);
        }
    }
}
