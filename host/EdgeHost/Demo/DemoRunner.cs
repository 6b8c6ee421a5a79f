using System.Diagnostics;
using EdgeHost.Capabilities.Models;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Hosting;

namespace EdgeHost.Host.Demo;

/// <summary>Models, host, app: the whole way once, with the parts that a product would use.</summary>
internal static class DemoRunner
{
    private static readonly string[] Models = ["ocr-det", "ocr-cls", "ocr-rec", "face-back"];
    private static readonly string[] PictureEndings = [".jpg", ".jpeg", ".png", ".webp"];

    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        var app = AppPath();
        var pictures = settings.Pictures.Count > 0 ? settings.Pictures : ShippedPictures();
        if (pictures.FirstOrDefault(picture => !File.Exists(picture)) is { } missing) throw new UsageException($"There is no picture {missing}.");

        Console.WriteLine("1. Models");
        await PullAsync(settings, cancellationToken).ConfigureAwait(false);

        Console.WriteLine("2. Host");
        await using var host = await DemoHost.StartAsync(settings.Home, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        Console.WriteLine($"   listens on {host.Endpoint}, ready after {host.StartTime.TotalMilliseconds:F0} ms");

        Console.WriteLine("3. App (samples/PhotoTour, a process of its own)");
        return await RunAppAsync(app, pictures, settings.OutputFolder, host.Endpoint, cancellationToken).ConfigureAwait(false);
    }

    private static async Task PullAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        await using var caller = HostCallers.CreateLocal(new HostSettings { Home = settings.Home });
        var listed = await caller.CallAsync<ListModelsRequest, ListModelsResponse>(
            ModelMethods.List, new ListModelsRequest(), cancellationToken).ConfigureAwait(false);
        var wanted = Models.Where(id => !listed.Models.Any(model => model.Id == id && model.State == ModelState.Installed)).ToList();
        if (wanted.Count == 0)
        {
            Console.WriteLine($"   {string.Join(", ", Models)}: installed");
            return;
        }

        var mirror = settings.Mirror is { } folder ? Path.GetFullPath(folder) : null;
        await ModelPulling.PullAsync(
            caller, new PullModelsRequest { Models = wanted, Mirror = mirror }, json: false, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> RunAppAsync(
        string app, IReadOnlyList<string> pictures, string output, string endpoint, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (var argument in (string[])[app, .. pictures, "--out", output]) start.ArgumentList.Add(argument);
        start.Environment[EdgeHostPaths.EndpointVariable] = endpoint;
        using var process = Process.Start(start) ?? throw new EdgeHostException(ErrorCode.Internal, "The sample app could not be started.");
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? ExitCodes.Ok : ExitCodes.Error;
    }

    private static string AppPath()
        => InstallLayout.PhotoTour
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, "The sample app is not part of this build. In a checkout: dotnet build -c Release samples/PhotoTour.");

    private static string[] ShippedPictures()
    {
        var folder = InstallLayout.PhotosFolder
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, "The demo's pictures are not part of this build. Give pictures of your own: edgehost demo photo.jpg.");
        return [.. Directory.EnumerateFiles(folder).Where(path => PictureEndings.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal)];
    }
}
