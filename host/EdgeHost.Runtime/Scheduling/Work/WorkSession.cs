using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Scheduling.Work;

/// <summary>Work that stands where a session would: no inputs, no outputs.</summary>
internal sealed class WorkSession(Action<CancellationToken> work) : IEngineSession
{
    public static readonly ModelStep Repeatable = new() { Inputs = [] };
    public static readonly ModelStep RunsThrough = new() { Inputs = [], IsRepeatable = false };

    public IReadOnlyList<TensorDescription> Inputs => [];

    public IReadOnlyList<TensorDescription> Outputs => [];

    public string Origin => "work";

    public SessionMemory MeasureMemory() => default;

    public ModelValue CreateValue(ElementType elementType, TensorShape shape) => throw new NotSupportedException("Work has no values.");

    public IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken)
    {
        work(cancellationToken);
        return [];
    }

    public ModelStep? CreateProbe() => null;

    public void ReleaseWorkingMemory()
    {
    }

    public void Dispose()
    {
    }
}
