using EdgeHost.Host.Cli;
using EdgeHost.Host.Hosting;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Diagnostics;

/// <summary>Looks at everything the host needs.</summary>
internal static class Doctor
{
    public static async Task<IReadOnlyList<DoctorCheck>> RunAsync(
        string endpoint, HostSettings settings, DoctorCheck configuration, CancellationToken cancellationToken)
    {
        await using var services = LocalServices.Create(settings);
        var devices = services.GetRequiredService<IDeviceDirectory>();
        return
        [
            await ToolChecks.DotNetAsync(cancellationToken).ConfigureAwait(false),
            await ToolChecks.NpmAsync(cancellationToken).ConfigureAwait(false),
            configuration,
            Devices(devices),
            .. await HostAsync(endpoint, services.GetRequiredService<IInferenceEngine>(), devices, cancellationToken).ConfigureAwait(false),
            Catalogue(services.GetRequiredService<ModelCatalog>()),
            await ModelsAsync(services.GetRequiredService<LocalModelStore>(), cancellationToken).ConfigureAwait(false),
            ResourceChecks.Memory(),
            ResourceChecks.Disk(settings.Home),
        ];
    }

    private static DoctorCheck Devices(IDeviceDirectory directory)
    {
        try
        {
            var devices = directory.Devices;
            return new DoctorCheck("devices", DoctorStatus.Ok, string.Join(", ", devices.Select(d => $"{d.Id} ({d.Name}, {d.Provider})")));
        }
        catch (EdgeHostException e)
        {
            return new DoctorCheck("devices", DoctorStatus.Broken, e.Message, "Reinstall this release: ONNX Runtime's native library does not load.");
        }
    }

    /// <summary>The running host and its health; where none runs, whether each device computes at all.</summary>
    private static async Task<IReadOnlyList<DoctorCheck>> HostAsync(
        string endpoint, IInferenceEngine engine, IDeviceDirectory devices, CancellationToken cancellationToken)
    {
        try
        {
            await using var client = await HostCallers.ConnectClientAsync(endpoint, cancellationToken).ConfigureAwait(false);
            var host = new DoctorCheck("host", DoctorStatus.Ok, $"version {client.Host.Version} answers at {endpoint}");
            return [host, HealthCheck.Describe(await client.Diagnostics.HealthAsync(probe: true, cancellationToken).ConfigureAwait(false))];
        }
        catch (EdgeHostException e)
        {
            var host = new DoctorCheck("host", DoctorStatus.Warning, $"none answers at {endpoint} ({e.Code.ToWireName()})", e.Message);
            return [host, await DeviceSelfTests.RunAsync(engine, devices, cancellationToken).ConfigureAwait(false)];
        }
    }

    private static DoctorCheck Catalogue(ModelCatalog catalog)
    {
        var problems = catalog.Problems;
        return problems.Count == 0
            ? new DoctorCheck("catalogue", DoctorStatus.Ok, $"{catalog.Models.Count} models described")
            : new DoctorCheck(
                "catalogue",
                DoctorStatus.Warning,
                $"{problems.Count} manifests cannot be read",
                string.Join(Environment.NewLine, problems.SelectMany(p => p.Problems.Select(problem => $"{p.File}: {problem.Path} {problem.Message}"))));
    }

    private static async Task<DoctorCheck> ModelsAsync(LocalModelStore store, CancellationToken cancellationToken)
    {
        var listings = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        var damaged = listings.Where(l => l.State is ModelState.Incomplete or ModelState.Outdated).Select(l => l.Manifest.Id).ToList();
        var installed = listings.Count(l => l.State == ModelState.Installed);
        var finding = $"{installed} of {listings.Count} installed";
        if (damaged.Count > 0)
        {
            return new DoctorCheck("models", DoctorStatus.Broken, $"{finding}; incomplete: {string.Join(", ", damaged)}", $"edgehost models pull {string.Join(' ', damaged)}");
        }

        return installed == listings.Count
            ? new DoctorCheck("models", DoctorStatus.Ok, finding)
            : new DoctorCheck("models", DoctorStatus.Warning, finding, "edgehost models pull --all");
    }
}
