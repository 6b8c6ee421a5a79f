using System.CommandLine;
using EdgeHost.Capabilities.Models;
using EdgeHost.Disks;
using EdgeHost.Host.Hosting;
using EdgeHost.Host.Importing;
using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models import</c>: a model of one's own, in ONNX or in a format of which ONNX is made.</summary>
internal static class ModelImportCommand
{
    private const string OwnLicence = "LicenseRef-own";

    public static Command Create()
    {
        var path = new Argument<string>("path-or-address") { Description = "A .onnx or .tflite file, the .json file of a TensorFlow.js graph model, or a folder with one of these, or as hubs lay them out (config.json, onnx/model.onnx); or where such a one is to be had: hf:OWNER/NAME[@REVISION], npm:PACKAGE@VERSION[/PATH], https://…." };
        var id = new Option<string>("--id") { Description = "What the model is to be called: a-z 0-9 . _ -", HelpName = "ID", Required = true };
        var task = new Option<string?>("--task") { Description = "What it is for, for example object-detection; folders of hubs say so themselves.", HelpName = "TASK" };
        var version = new Option<string>("--model-version") { Description = "Its version.", HelpName = "VERSION", DefaultValueFactory = _ => "1.0.0" };
        var summary = new Option<string?>("--summary") { Description = "A line that says what it is.", HelpName = "TEXT" };
        var licence = new Option<string>("--licence") { Description = "Its licence as an SPDX identifier.", HelpName = "SPDX", DefaultValueFactory = _ => OwnLicence };
        var labels = new Option<string?>("--labels") { Description = "A file with the names of its classes, one a line.", HelpName = "FILE" };
        var properties = new Option<string[]>("--property") { Description = "What plugins are told of it, for example family=yolox; may be given several times.", HelpName = "NAME=VALUE" };
        var replace = new Option<bool>("--replace") { Description = "Replace a model that was imported by this name before." };
        var mirror = new Option<string?>("--mirror") { Description = "A folder that may have what the address names: NAME or OWNER/NAME of a hub, the archive of a package, a file of that name.", HelpName = "DIR" };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("import", "Takes a model of one's own: makes an ONNX graph of it where it is none and tries that on noise, and puts it into the catalogue.")
            {
                path, id, task, version, summary, licence, labels, properties, replace, mirror, json,
            },
            "edgehost models import ~/models/movenet/model.json --id my-pose --task pose-estimation --property family=movenet",
            "edgehost models import mobilenet_v2.tflite --id my-classes --task image-classification --labels labels.txt --property family=probabilities",
            "edgehost models import ~/hub/my-classifier --id my-classes",
            "edgehost models import hf:Xenova/yolos-tiny --id yolos",
            "edgehost models import hf:Xenova/opus-mt-en-de --id opus-mt-en-de",
            "edgehost models import npm:@vladmandic/human@3.3.6/models/movenet-lightning.json --id my-pose --task pose-estimation --property family=movenet",
            "edgehost models import hf:HuggingFaceTB/SmolLM2-135M-Instruct --id smollm");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(id);
            var wishes = new ImportWishes(
                parsed.GetValue(task), parsed.GetRequiredValue(version), parsed.GetValue(summary), parsed.GetRequiredValue(licence), parsed.GetValue(labels), ReadProperties(parsed.GetValue(properties) ?? []));
            var catalog = Path.Combine(CommonOptions.SettingsOf(parsed).Home, "catalog");
            CheckIsFree(catalog, name, parsed.GetValue(replace));
            using var model = await OpenAsync(parsed, parsed.GetRequiredValue(path), name, parsed.GetValue(mirror), parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            var manifests = await ImportedManifest.MakeAsync(name, model.Source, wishes, cancellationToken).ConfigureAwait(false);
            foreach (var manifest in manifests) CheckIsFree(catalog, manifest.Id, parsed.GetValue(replace));
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            await PullAsync(caller, catalog, manifests, model.Mirror, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            if (!parsed.GetValue(json)) Print(manifests[0]);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<AddressedModel> OpenAsync(ParseResult parsed, string path, string id, string? mirror, bool json, CancellationToken cancellationToken)
    {
        if (!ModelAddress.IsAddress(path)) return AddressedModel.OnDevice(path);
        var services = LocalServices.Create(CommonOptions.SettingsOf(parsed));
        await using (services.ConfigureAwait(false))
        {
            var reader = services.GetRequiredService<AddressReader>();
            var progress = new FetchProgress(id);
            var fetching = progress.WatchAsync(onBytes => AddressedModel.FetchAsync(path, mirror, reader, onBytes, cancellationToken));
            await ModelPulling.ShowAsync(progress.Items, json).ConfigureAwait(false);
            return await fetching.ConfigureAwait(false);
        }
    }

    private static void CheckIsFree(string catalog, string id, bool mayReplace)
    {
        var place = PlaceOf(catalog, id);
        if (File.Exists(place) && !mayReplace) throw new UsageException($"A model '{id}' was imported before ({place}); --replace takes this one in its place.");
    }

    private static string PlaceOf(string catalog, string id) => Path.Combine(catalog, $"{id}.json");

    // A manifest whose model cannot be made would fail every later pull of everything.
    private static async Task PullAsync(IHostCaller caller, string catalog, IReadOnlyList<ModelManifest> manifests, string? mirror, bool json, CancellationToken cancellationToken)
    {
        var before = new List<(string Place, byte[]? Content)>();
        try
        {
            // What the model needs first: a host that looks meanwhile finds no model whose part is not there.
            foreach (var manifest in manifests.Reverse())
            {
                var place = PlaceOf(catalog, manifest.Id);
                before.Add((place, File.Exists(place) ? await File.ReadAllBytesAsync(place, cancellationToken).ConfigureAwait(false) : null));
                PrivateFiles.Replace(place, ModelManifestWriter.Write(manifest));
            }

            await ModelPulling.PullAsync(caller, new PullModelsRequest { Models = [manifests[0].Name], Mirror = mirror }, json, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var (place, content) in before)
            {
                if (content is null) File.Delete(place);
                else PrivateFiles.Replace(place, content);
            }

            throw;
        }
    }

    private static Dictionary<string, string> ReadProperties(string[] given)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new UsageException($"--property takes NAME=VALUE, not '{text}'.");
            properties[text[..equals]] = text[(equals + 1)..];
        }

        return properties;
    }

    private static void Print(ModelManifest manifest)
    {
        Console.WriteLine($"{manifest.Name} serves {manifest.Task}.");
        foreach (var (name, value) in manifest.Properties.OrderBy(static property => property.Key, StringComparer.Ordinal)) Console.WriteLine($"   {name} = {value}");
        Console.WriteLine($"Plugins find it by its task; a call names it with \"model\": \"{manifest.Id}\".");
    }
}
