using EdgeHost.Runtime.Onnx.Values;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Sessions;

/// <summary>
/// What one run needs besides its values, kept for the next run: options, and the inputs in the graph's order with a hold on each, so that none is freed
/// under a run that goes on after its caller has left.
/// </summary>
internal sealed class RunSlot(int inputs) : IDisposable
{
    private readonly OrtModelValue?[] _held = new OrtModelValue?[inputs];

    public RunOptions Options { get; } = new();

    /// <summary>What the run takes; an entry is null until it is bound.</summary>
    public OrtValue?[] Inputs { get; } = new OrtValue?[inputs];

    /// <summary>The same as values of the host.</summary>
    public ReadOnlySpan<OrtModelValue?> Values => _held;

    /// <summary>Binds an input and holds it.</summary>
    public void Bind(int index, OrtModelValue value)
    {
        Inputs[index] = value.Hold();
        _held[index] = value;
    }

    /// <summary>Lets go of the inputs.</summary>
    public void Release()
    {
        for (var i = 0; i < _held.Length; i++)
        {
            Inputs[i] = null;
            if (_held[i] is not { } value) continue;
            _held[i] = null;
            value.Release();
        }
    }

    public void Dispose() => Options.Dispose();
}
