using System.CommandLine;
using EdgeHost.Capabilities.Models;
using EdgeHost.Disks;
using EdgeHost.Host.Importing;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models import</c>: a model of one's own, in ONNX or in a format of which ONNX is made.</summary>
internal static class ModelImportCommand
{
    private const string OwnLicence = "LicenseRef-own";

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A .onnx or .tflite file, the .json file of a TensorFlow.js graph model, or a folder with one of these, or as hubs lay them out (config.json, onnx/model.onnx)." };
        var id = new Option<string>("--id") { Description = "What the model is to be called: a-z 0-9 . _ -", HelpName = "ID", Required = true };
        var task = new Option<string?>("--task") { Description = "What it is for, for example object-detection; folders of hubs say so themselves.", HelpName = "TASK" };
        var version = new Option<string>("--model-version") { Description = "Its version.", HelpName = "VERSION", DefaultValueFactory = _ => "1.0.0" };
        var summary = new Option<string?>("--summary") { Description = "A line that says what it is.", HelpName = "TEXT" };
        var licence = new Option<string>("--licence") { Description = "Its licence as an SPDX identifier.", HelpName = "SPDX", DefaultValueFactory = _ => OwnLicence };
        var labels = new Option<string?>("--labels") { Description = "A file with the names of its classes, one a line.", HelpName = "FILE" };
        var properties = new Option<string[]>("--property") { Description = "What plugins are told of it, for example family=yolox; may be given several times.", HelpName = "NAME=VALUE" };
        var replace = new Option<bool>("--replace") { Description = "Replace a model that was imported by this name before." };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("import", "Takes a model of one's own: makes an ONNX graph of it where it is none, tries it on noise, and puts it into the catalogue.")
            {
                path, id, task, version, summary, licence, labels, properties, replace, json,
            },
            "edgehost models import ~/models/movenet/model.json --id my-pose --task pose-estimation --property family=movenet",
            "edgehost models import mobilenet_v2.tflite --id my-classes --task image-classification --labels labels.txt --property family=probabilities",
            "edgehost models import ~/hub/my-classifier --id my-classes",
            "edgehost models import ~/hub/SmolLM2-135M-Instruct --id smollm");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(id);
            var wishes = new ImportWishes(
                parsed.GetValue(task), parsed.GetRequiredValue(version), parsed.GetValue(summary), parsed.GetRequiredValue(licence), parsed.GetValue(labels), ReadProperties(parsed.GetValue(properties) ?? []));
            var manifest = await ImportedManifest.MakeAsync(name, SourceFinder.Find(parsed.GetRequiredValue(path)), wishes, cancellationToken).ConfigureAwait(false);
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var place = Path.Combine(CommonOptions.SettingsOf(parsed).Home, "catalog", $"{name}.json");
            if (File.Exists(place) && !parsed.GetValue(replace)) throw new UsageException($"A model '{name}' was imported before ({place}); --replace takes this one in its place.");
            await PullAsync(caller, place, manifest, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            if (!parsed.GetValue(json)) Print(manifest);
            return ExitCodes.Ok;
        });
        return command;
    }

    // A manifest whose model cannot be made would fail every later pull of everything.
    private static async Task PullAsync(IHostCaller caller, string place, ModelManifest manifest, bool json, CancellationToken cancellationToken)
    {
        var before = File.Exists(place) ? await File.ReadAllBytesAsync(place, cancellationToken).ConfigureAwait(false) : null;
        PrivateFiles.Replace(place, ModelManifestWriter.Write(manifest));
        try
        {
            await ModelPulling.PullAsync(caller, new PullModelsRequest { Models = [manifest.Name] }, json, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (before is null) File.Delete(place);
            else PrivateFiles.Replace(place, before);
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
