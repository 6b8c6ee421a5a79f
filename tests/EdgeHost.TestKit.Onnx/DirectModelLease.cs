using System.Diagnostics;
using EdgeHost.PluginSdk;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.TestKit.Onnx;

/// <summary>Runs steps on the calling thread.</summary>
internal sealed class DirectModelLease(DirectModel model) : IModelLease
{
    private bool _disposed;

    public ModelDescription Model => model.Description;

    public ModelValue CreateValue(ElementType elementType, TensorShape shape)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return DirectModelValue.Allocate(elementType, shape);
    }

    public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var options = new RunOptions();
        using var stop = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
        var names = step.Inputs.Select(static input => input.Name).ToArray();
        var values = step.Inputs.Select(static input => ((DirectModelValue)input.Value).Value).ToArray();
        var wanted = step.Outputs.Count > 0 ? step.Outputs : model.Session.OutputNames;
        var started = Stopwatch.GetTimestamp();
        try
        {
            // The collection is only a list; each output gets an owner of its own.
            var outputs = model.Session.Run(options, names, values, wanted);
            var elapsed = Stopwatch.GetElapsedTime(started);
            return new ValueTask<StepResult>(
                new StepResult([.. outputs.Select(DirectModelValue.Own)], "cpu", TimeSpan.Zero, elapsed));
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
        => model.ReadFileAsync(name, cancellationToken);

    public void Dispose() => _disposed = true;
}
