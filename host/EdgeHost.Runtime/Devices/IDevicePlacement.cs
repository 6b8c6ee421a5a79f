using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

/// <summary>
/// Chooses the device: among those that the policies for model and app allow and that are healthy, the one with the earliest predicted finish
/// (queue + load + run). Never falls back silently: <see cref="Placement.Why"/> names what was skipped and why. Thread-safe.
/// </summary>
public interface IDevicePlacement
{
    /// <summary>Chooses.</summary>
    /// <param name="request">Model, app, costs.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: no allowed device is usable now (the message names each and why);
    /// <see cref="ErrorCode.FailedPrecondition"/>: a policy requires a kind that this machine does not have.</exception>
    Placement Choose(PlacementRequest request);

    /// <summary>
    /// Sees to it that every device which <see cref="Choose"/> could name for this model was tested once; call it before. Completes at once but for the
    /// first time, where it takes what the self-tests take (<see cref="DeviceOptions.SelfTestLimit"/> at most).
    /// </summary>
    /// <param name="artifact">The model.</param>
    /// <param name="app">On whose account it will run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask PrepareAsync(ModelArtifact artifact, AppIdentity app, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
