using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment.Shadow;

/// <summary>
/// Runs copied steps again, one after the other, as background work of the host: on the version in shadow, whose outputs are compared with what was served, and
/// on the one that serves, for the run time. A version that took over is compared with the one before it in the same way.
/// </summary>
internal sealed class ShadowRunner(
    ShadowQueue queue, IModelPool pool, TrialBook trials, DeploymentMeter meter, IOptions<DeploymentOptions> options, TimeProvider time, ILogger<ShadowRunner> logger)
    : BackgroundService
{
    /// <summary>The first runs after a load measure the load: memory is touched and caches are filled.</summary>
    private const int WarmUpRuns = 2;

    private string? _last;
    private int _runs;

    /// <summary>Runs the next step again.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var sample = await queue.TakeAsync(cancellationToken).ConfigureAwait(false);

        // It may have been promoted or retired meanwhile.
        if (trials.Of(sample.Trial.Version) != sample.Trial || sample.Trial.IsOut) return;
        if (!queue.MayWork)
        {
            queue.Drop(sample.Trial, ShadowDrop.Conditions);
            return;
        }

        using var limit = new CancellationTokenSource(options.Value.ShadowTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await CompareAsync(sample, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            queue.Drop(sample.Trial, ShadowDrop.Busy);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.ResourceExhausted or ErrorCode.Unavailable or ErrorCode.Cancelled)
        {
            // The host's matter, not the version's.
            queue.Drop(sample.Trial, ShadowDrop.Busy);
        }
        catch (EdgeHostException e)
        {
            Failed(sample.Trial, e.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A fault of one step must not end the shadow of all others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "A step in shadow failed unexpectedly.");
            }
        }
    }

    private async Task CompareAsync(ShadowSample sample, CancellationToken cancellationToken)
    {
        var trial = sample.Trial;
        var scope = new CallScope { PluginId = "host", App = AppIdentity.Host, Priority = CallPriority.Background, CancellationToken = cancellationToken };
        try
        {
            using var lease = await LeaseAsync(scope, trial, trial.Version.Name, cancellationToken).ConfigureAwait(false);
            if (lease is null) return;
            using var result = await RunAsync(lease, sample, cancellationToken).ConfigureAwait(false);

            // After it took over, what it gives is what calls get; only its run time is still compared.
            var outputs = trial.Version.State == VersionState.Shadow ? Compare(sample, result) : default(OutputComparison);
            if (outputs is not { } comparison) return;
            trial.Shadow.Add(comparison, await RunTimesAsync(scope, sample, result.RunTime, cancellationToken).ConfigureAwait(false));
            meter.Compared(hasFailed: false);
        }
        finally
        {
            scope.ReclaimLeases();
        }
    }

    // The other version runs once more too, in the same class on the same threads: beside a real call, which goes first, anything would look slow.
    private async ValueTask<(TimeSpan Own, TimeSpan Other)?> RunTimesAsync(CallScope scope, ShadowSample sample, TimeSpan runTime, CancellationToken cancellationToken)
    {
        if (sample.Trial.Baseline is not { } baseline) return null;
        var pair = $"{sample.Trial.Version.Name} {baseline}";
        if (pair != _last) (_last, _runs) = (pair, 0);
        try
        {
            using var lease = await pool.ForCall(scope).LeaseAsync($"{sample.Trial.Version.Model}@{baseline}", cancellationToken).ConfigureAwait(false);
            using var result = await RunAsync(lease, sample, cancellationToken).ConfigureAwait(false);
            return ++_runs > WarmUpRuns && result.RunTime > TimeSpan.Zero ? (runTime, result.RunTime) : null;
        }
        catch (EdgeHostException)
        {
            // It does not fit beside the other, or is gone: then there is nothing to compare with.
            return null;
        }
    }

    private static async ValueTask<StepResult> RunAsync(IModelLease lease, ShadowSample sample, CancellationToken cancellationToken)
    {
        var inputs = Inputs(lease, sample);
        try
        {
            return await lease.RunAsync(new ModelStep { Inputs = inputs, Outputs = sample.OutputNames }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var input in inputs) input.Value.Dispose();
        }
    }

    private async ValueTask<IModelLease?> LeaseAsync(CallScope scope, Trial trial, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.ForCall(scope).LeaseAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.InvalidArgument or ErrorCode.DataLoss or ErrorCode.Internal)
        {
            trial.LoadFailure = e.Message;
            meter.Compared(hasFailed: true);
            return null;
        }
    }

    private static List<NamedValue> Inputs(IModelLease lease, ShadowSample sample)
    {
        var inputs = new List<NamedValue>(sample.Inputs.Count);
        try
        {
            foreach (var copy in sample.Inputs)
            {
                var value = lease.CreateValue(copy.ElementType, copy.Shape);
                inputs.Add(new NamedValue(copy.Name, value));
                copy.Bytes.CopyTo(TensorBytes.Of(value));
            }

            return inputs;
        }
        catch
        {
            foreach (var input in inputs) input.Value.Dispose();
            throw;
        }
    }

    // Null where the version has failed.
    private OutputComparison? Compare(ShadowSample sample, StepResult result)
    {
        if (result.Count != sample.Outputs.Count) return Failed(sample.Trial, $"it gives {result.Count} outputs in place of {sample.Outputs.Count}");
        var outputs = new List<CopiedValue>(result.Count);
        try
        {
            for (var i = 0; i < result.Count; i++)
            {
                if (CopiedValue.SizeOf(result[i]) is null) return Failed(sample.Trial, "it gives an output of another type");
                outputs.Add(CopiedValue.Of(string.Empty, result[i]));
            }

            var comparison = OutputComparison.Of(sample.Outputs, outputs);
            return comparison.IsBroken ? Failed(sample.Trial, "an output is no number") : comparison;
        }
        finally
        {
            foreach (var output in outputs) output.Dispose();
        }
    }

    private OutputComparison? Failed(Trial trial, string problem)
    {
        trial.Shadow.AddFailed();
        meter.Compared(hasFailed: true);
        logger.LogInformation("{Version} failed a step in shadow: {Problem}", trial.Version.Name, problem);
        return null;
    }
}
