namespace EdgeHost.PluginSdk;

/// <summary>The outputs of a step and the truth about where and how long it ran. The caller disposes it, which disposes the outputs it still owns.</summary>
public sealed class StepResult : IDisposable
{
    private readonly ModelValue?[] _outputs;

    /// <summary>Creates a result; called by the host.</summary>
    /// <param name="outputs">The outputs in the order the step named them; ownership passes to the result.</param>
    /// <param name="device">The device that ran it.</param>
    /// <param name="queueTime">Time in the device's queue.</param>
    /// <param name="runTime">Time on the device.</param>
    public StepResult(IReadOnlyList<ModelValue> outputs, string device, TimeSpan queueTime, TimeSpan runTime)
    {
        _outputs = [.. outputs];
        Device = device;
        QueueTime = queueTime;
        RunTime = runTime;
    }

    /// <summary>The device that ran the step.</summary>
    public string Device { get; }

    /// <summary>How long the step waited for the device.</summary>
    public TimeSpan QueueTime { get; }

    /// <summary>How long it ran.</summary>
    public TimeSpan RunTime { get; }

    /// <summary>Number of outputs.</summary>
    public int Count => _outputs.Length;

    /// <summary>An output that the result still owns.</summary>
    /// <param name="index">Its position in the step's outputs.</param>
    /// <exception cref="ObjectDisposedException">The result was disposed, or the output was taken.</exception>
    public ModelValue this[int index]
        => _outputs[index] ?? throw new ObjectDisposedException(nameof(StepResult), "The output was taken or the result disposed.");

    /// <summary>Takes an output out of the result: the caller owns it from now on, for example to feed it to the next step.</summary>
    /// <param name="index">Its position in the step's outputs.</param>
    /// <exception cref="ObjectDisposedException">The result was disposed, or the output was taken already.</exception>
    public ModelValue Take(int index)
    {
        var value = this[index];
        _outputs[index] = null;
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            Interlocked.Exchange(ref _outputs[i], null)?.Dispose();
        }
    }
}
