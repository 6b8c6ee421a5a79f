using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.ModelRunner;

[Capability(FindRequest.Method, Summary = "Finds the models of a task and leases the first that is on the device.", Example = """{"task":"testing"}""", Tasks = ["testing"])]
internal sealed class FindHandler : CapabilityHandler<FindRequest, FindResponse>
{
    public override async ValueTask<FindResponse> HandleAsync(FindRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var found = await context.Models.ListAsync(request.Task, cancellationToken).ConfigureAwait(false);
        using var lease = found.Count > 0 && found[0].IsInstalled ? await context.Models.LeaseAsync(found[0].Id, cancellationToken).ConfigureAwait(false) : null;
        return new FindResponse
        {
            Models =
            [
                .. found.Select(model => new FoundModel
                {
                    Id = model.Id,
                    Version = model.Version,
                    IsInstalled = model.IsInstalled,
                    Licence = model.Licence,
                    PullCommand = model.PullCommand,
                    Properties = model.Properties,
                }),
            ],
            Leased = lease?.Model.Id,
            LeasedTask = lease?.Model.Task,
            LeasedProperties = lease?.Model.Properties ?? new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }
}
