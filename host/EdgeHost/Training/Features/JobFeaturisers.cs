using EdgeHost.Jobs;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Training.Features;

/// <summary>Runs models over the examples of jobs as steps of the lowest class in the one schedule, charged to the app. Thread-safe.</summary>
internal sealed class JobFeaturisers(IModelPool pool, FeatureAccess access, IJobAccounts accounts, TimeProvider time) : IJobFeaturisers
{
    public IFeaturiser Of(AppIdentity app) => new Featuriser(this, app);

    public ValueTask CheckAsync(AppIdentity app, string model, CancellationToken cancellationToken) => access.CheckAsync(app, model, cancellationToken);

    private async ValueTask<float[]> RunOnceAsync(AppIdentity app, FeatureRequest request, CancellationToken cancellationToken)
    {
        var scope = new CallScope
        {
            PluginId = "training",
            App = app,
            Account = accounts.AccountOf(app),
            Priority = CallPriority.Training,
            CancellationToken = cancellationToken,
        };
        try
        {
            // A lease a sample: between two of them the pool may give the memory to whoever needs it more.
            var featuriser = new ModelFeaturiser(pool.ForCall(scope)) { Check = (model, cancel) => access.CheckAsync(app, model, cancel) };
            return await featuriser.FeaturiseAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            scope.ReclaimLeases();
        }
    }

    private sealed class Featuriser(JobFeaturisers owner, AppIdentity app) : IFeaturiser
    {
        private const int MostTries = 100;
        private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(100);

        public async ValueTask<float[]> FeaturiseAsync(FeatureRequest request, CancellationToken cancellationToken)
        {
            for (var tried = 1; ; tried++)
            {
                try
                {
                    return await owner.RunOnceAsync(app, request, cancellationToken).ConfigureAwait(false);
                }
                catch (EdgeHostException e) when (e is { IsTransient: true, RetryAfter: not null } && tried < MostTries)
                {
                    // The queue or the pool is full, or the device out of service for now.
                    var wait = e.RetryAfter.Value > LeastWait ? e.RetryAfter.Value : LeastWait;
                    await Task.Delay(wait, owner.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private TimeProvider Time => time;
}
