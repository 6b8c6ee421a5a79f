using System.Runtime.ExceptionServices;
using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Trials;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Deployment.Serving;

/// <summary>The version of one model that one call uses. Tells a trial how the call went, and offers its steps to the shadow. Thread-safe.</summary>
/// <param name="artifact">Its files; null for what the source names.</param>
/// <param name="trial">The trial that the call counts for; null for none.</param>
/// <param name="isCandidate">Whether it is the version on trial, and not the one that it is compared with.</param>
/// <param name="shadow">Where steps go to be run again; null for nowhere.</param>
/// <param name="fallback">What the call gets where this cannot be loaded; null for what the source names.</param>
internal sealed class ServedVersion(ModelArtifact? artifact, Trial? trial, bool isCandidate, ShadowQueue? shadow, ServedVersion? fallback) : VersionChoice
{
    private long _runTicks;
    private int _steps;
    private int _failures;

    public override ModelArtifact? Artifact => artifact;

    /// <summary>Told where a version does not load that nobody watches; null to tell nobody.</summary>
    public Action<EdgeHostException>? Broken { get; init; }

    /// <summary>Whether nothing can stand in for it, so that the caller should hear why it is not there.</summary>
    public bool IsLast { get; init; }

    public override VersionChoice? LoadFailed(EdgeHostException error)
    {
        // Without room now, a version is no worse than another.
        if (error.Code != ErrorCode.ResourceExhausted)
        {
            if (trial is not null && isCandidate) trial.LoadFailure = error.Message;
            else Broken?.Invoke(error);
        }

        if (fallback is null && IsLast) ExceptionDispatchInfo.Throw(error);
        return fallback;
    }

    public override void StepRan(ModelStep step, IReadOnlyList<ModelValue> outputs, TimeSpan runTime)
    {
        Interlocked.Add(ref _runTicks, runTime.Ticks);
        Interlocked.Increment(ref _steps);
        if (trial is not null) shadow?.Offer(trial, step, outputs);
    }

    public override void StepFailed(ErrorCode error)
    {
        if (IsOfVersion(error)) Interlocked.Increment(ref _failures);
    }

    public override void CallEnded(ErrorCode? error)
    {
        if (trial is null) return;
        var (steps, failures) = (Volatile.Read(ref _steps), Volatile.Read(ref _failures));

        // What ended before it had to do with the version says nothing of it.
        if (steps == 0 && failures == 0 && error is not null) return;
        var hasFailed = failures > 0 || (error is { } code && IsOfVersion(code) && code != ErrorCode.InvalidArgument);
        (isCandidate ? trial.Candidate : trial.Other).Add(hasFailed, steps == 0 || hasFailed ? null : TimeSpan.FromTicks(Volatile.Read(ref _runTicks) / steps));
    }

    private static bool IsOfVersion(ErrorCode error)
        => error is ErrorCode.Internal or ErrorCode.InvalidArgument or ErrorCode.DataLoss or ErrorCode.DeadlineExceeded or ErrorCode.FailedPrecondition or ErrorCode.Unimplemented;
}
