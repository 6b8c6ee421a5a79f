using EdgeHost.Capabilities.Models;
using EdgeHost.Client;
using EdgeHost.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/ID</c>: the models that are on the device and do what this door offers.</summary>
internal static class ModelsEndpoint
{
    private const string Owner = "edgehost";

    public static async Task ListAsync(HttpContext context, EdgeHostClient client)
        => await context.Response.WriteAsJsonAsync(
            new ModelListBody(await FindAsync(client, context.RequestAborted).ConfigureAwait(false)), GatewayJson.Wire.ModelListBody, contentType: null, context.RequestAborted).ConfigureAwait(false);

    public static async Task GetAsync(HttpContext context, EdgeHostClient client)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var model = (await FindAsync(client, context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(model => model.Id == id)
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"This door offers no model '{id}'; GET /v1/models lists what is on the device.");
        await context.Response.WriteAsJsonAsync(model, GatewayJson.Wire.ModelBody, contentType: null, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<List<ModelBody>> FindAsync(EdgeHostClient client, CancellationToken cancellationToken)
    {
        var all = await client.Models.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return
        [
            .. all.Models
                .Where(static model => model.State is ModelState.Installed or ModelState.Resident && ModelNames.Tasks.Contains(model.Task))
                .Select(static model => model.Id).Distinct(StringComparer.Ordinal)
                .Select(static id => new ModelBody(id, Created: 0, Owner)),
        ];
    }
}
