using EdgeHost.Capabilities.Host;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Methods;

/// <summary>What apps may still use and have used: <c>host.quota</c>, <c>apps.usage</c>.</summary>
internal sealed class AppMethodSet(AccessControl access)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.UnaryOfApp<QuotaRequest, QuotaResponse>(
            HostMethods.Quota, "Says what is left of the calling app's limits and when they are full again.", "{}", (_, app, _) => new(Quota(app)));
        yield return HostMethod.Unary<AppUsageRequest, AppUsageResponse>(
            HostMethods.AppUsage, "Says what apps have called and used, also before the host was started again.", "{}", (request, _) => new(Usage(request)));
    }

    private QuotaResponse Quota(AppIdentity app)
    {
        var quota = access.FindQuota(app) ?? new QuotaStatus(CallPriority.Interactive, null, null, null, null);
        return new QuotaResponse
        {
            App = app.Name,
            MaxPriority = quota.MaxPriority.ToString().ToLowerInvariant(),
            CallsLeft = quota.CallsLeft,
            ConcurrentCallsLeft = quota.ConcurrentCallsLeft,
            DeviceTimeLeftMs = (long?)quota.DeviceTimeLeft?.TotalMilliseconds,
            DeviceTimeResetsInMs = (long?)quota.DeviceTimeResetsIn?.TotalMilliseconds,
        };
    }

    private AppUsageResponse Usage(AppUsageRequest request) => new()
    {
        Apps =
        [
            .. from usage in access.Usage
               where request.App is null || request.App == usage.App
               select new AppUsageEntry
               {
                   App = usage.App,
                   User = usage.UserId,
                   Calls = usage.Calls,
                   Failed = usage.Failed,
                   Denied = usage.Denied,
                   CallsInFlight = usage.CallsInFlight,
                   DeviceTimeUs = (long)usage.DeviceTime.TotalMicroseconds,
               },
        ],
    };
}
