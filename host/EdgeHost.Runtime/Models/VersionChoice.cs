using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>The version that one call uses of one model, and what hears how it does. Its methods are called on the way of calls: they return at once, and do not throw but where it is said. Thread-safe.</summary>
public abstract class VersionChoice
{
    /// <summary>The version's files; null for what the source names.</summary>
    public virtual ModelArtifact? Artifact => null;

    /// <summary>The version could not be loaded, or not for this call.</summary>
    /// <param name="error">Why.</param>
    /// <returns>What the call gets in its place; null for what the source names. Never this one again, so that the turns end.</returns>
    /// <exception cref="EdgeHostException">The error itself: nothing can stand in.</exception>
    public virtual VersionChoice? LoadFailed(EdgeHostException error) => null;

    /// <summary>A step has run; its caller gets the outputs when this returns, so whoever wants them later copies them.</summary>
    /// <param name="step">The step, whose inputs still live.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="runTime">On the device, without waiting.</param>
    public abstract void StepRan(ModelStep step, IReadOnlyList<ModelValue> outputs, TimeSpan runTime);

    /// <summary>A step failed; not told of one whose inputs fit no version: other names, types or shapes than the graph's.</summary>
    public abstract void StepFailed(ErrorCode error);

    /// <summary>The call is over; the last that is heard of it.</summary>
    /// <param name="error">Why it failed, or null for a call that was answered.</param>
    public abstract void CallEnded(ErrorCode? error);
}
