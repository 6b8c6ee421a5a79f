using System.CommandLine;
using System.Globalization;
using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Measuring;
using EdgeHost.Optimisation.Runs;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models quantize</c>: makes a model smaller in this process, and writes it only if its answers stay good.</summary>
internal static class QuantizeCommand
{
    private static readonly Dictionary<string, OptimiseMethod> Methods = new(StringComparer.Ordinal)
    {
        ["clean"] = OptimiseMethod.Clean,
        ["fp16"] = OptimiseMethod.Float16,
        ["int8"] = OptimiseMethod.Weights8,
        ["int4"] = OptimiseMethod.Weights4,
        ["dynamic"] = OptimiseMethod.Dynamic,
        ["static"] = OptimiseMethod.Static,
    };

    private static readonly Dictionary<string, ScoreKind?> Scores = new(StringComparer.Ordinal)
    {
        ["auto"] = null,
        ["accuracy"] = ScoreKind.Accuracy,
        ["agreement"] = ScoreKind.Agreement,
        ["closeness"] = ScoreKind.Closeness,
    };

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model on this device (id, or id@version), app/name for one that an app has trained, or an ONNX file." };
        var method = new Option<string>("--method")
        {
            Description = "clean: only what nothing depends on goes; fp16: weights of 16 bits; int8, int4: weights of so many; dynamic: products in 8-bit integers; static: the same and convolutions, ranges measured on examples.",
            DefaultValueFactory = static _ => "int8",
        };
        method.AcceptOnlyFromAmong([.. Methods.Keys]);
        var evaluation = new Option<string?>("--evaluation")
        {
            Description = "Folder of examples that decide, in ONNX's layout of test data (test_data_set_0/input_0.pb); for app/name the test examples of its dataset if left out.",
            HelpName = "DIR",
        };
        var calibration = new Option<string?>("--calibration") { Description = "Folder of examples that ranges are measured on; others of the same if left out.", HelpName = "DIR" };
        var score = new Option<string>("--score")
        {
            Description = "accuracy: of the classes in label.txt; agreement: of classes with what is expected, or with the original; closeness: of values. auto takes the first that fits.",
            DefaultValueFactory = static _ => "auto",
        };
        score.AcceptOnlyFromAmong([.. Scores.Keys]);
        var drop = Number("--max-drop", "How much the score may fall, from 0 to 1.", 0.01);
        var kept = Number("--max-kept", "Share of layers that may stay 16-bit floats where the score falls too much, from 0 to 1.", 0.5);
        var percentile = Number("--percentile", "static: how much of a tensor lies within its range, in percent.", 99.99);
        var block = new Option<int>("--block") { Description = "int4: weights that share a scale (16 to 256).", DefaultValueFactory = static _ => 32 };
        var output = new Option<string?>("--out") { Description = "The file to write; MODEL.METHOD.onnx in this folder if left out. Never one that is there.", HelpName = "FILE" };
        var (user, json) = (TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("quantize", "Makes a model smaller, compares size, time and answers with the original's, and refuses where the answers suffer.")
            {
                model, method, evaluation, calibration, score, drop, kept, percentile, block, output, user, json,
            },
            "edgehost models quantize mail/spam --method int8",
            "edgehost models quantize ocr-rec --method fp16 --evaluation lines/",
            "edgehost models quantize digits.onnx --method static --evaluation test/ --calibration train/ --max-drop 0.005");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new OptimiseOptions
            {
                Method = Methods[parsed.GetRequiredValue(method)],
                Score = Scores[parsed.GetRequiredValue(score)],
                MaxDrop = parsed.GetValue(drop),
                MaxKeptShare = parsed.GetValue(kept),
                Percentile = parsed.GetValue(percentile),
                Quantisation = new QuantisationOptions { BlockSize = parsed.GetValue(block) },
            };
            options.Validate();
            var wanted = parsed.GetRequiredValue(model);
            var target = Path.GetFullPath(parsed.GetValue(output) ?? $"{(wanted.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(wanted) : wanted.Replace('/', '-'))}.{parsed.GetValue(method)}.onnx");
            if (File.Exists(target)) throw new UsageException($"'{target}' is there already; name another file with --out.");
            var input = await QuantizeInput.ReadAsync(
                wanted, parsed.GetValue(evaluation), parsed.GetValue(calibration), parsed.GetValue(user), CommonOptions.SettingsOf(parsed), cancellationToken).ConfigureAwait(false);
            var quiet = parsed.GetValue(json);
            var progress = quiet ? null : new LineProgress();
            var result = await Task.Run(() => new ModelOptimiser(input.File, input.Calibration, input.Evaluation, options).Run(progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            await WriteAsync(target, result.Model, cancellationToken).ConfigureAwait(false);
            if (quiet) WriteJson(target, result);
            else Print(target, result);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Option<double> Number(string name, string description, double standard)
        => new(name) { Description = description, DefaultValueFactory = _ => standard };

    // Whole or not at all, also where the disk is full.
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException e)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"'{path}' cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Print(string path, OptimiseResult result)
    {
        var comparison = result.Comparison;
        var table = Tables.Create(string.Empty, "before", "after", "ratio");
        table.AddRow("size", Tables.Bytes(comparison.Before.Bytes), Tables.Bytes(comparison.After.Bytes), Text(comparison.SizeRatio));
        table.AddRow("time of a run, median", $"{Text(comparison.Before.MedianMilliseconds)} ms", $"{Text(comparison.After.MedianMilliseconds)} ms", Text(comparison.TimeRatio));
        table.AddRow($"{comparison.Kind.ToString().ToLowerInvariant()} on {comparison.Examples} examples", Percent(comparison.Before.Score), Percent(comparison.After.Score), string.Empty);
        AnsiConsole.Write(table);
        Console.WriteLine($"{result.Weights.Quantised} layers have fewer bits, {result.Weights.StoredAsFloat16} are 16-bit floats; {result.Cleaning.RemovedNodes} nodes and "
            + $"{result.Cleaning.MergedInitializers + result.Cleaning.RemovedInitializers} constants went.");
        if (result.Kept.Count > 0) Console.WriteLine($"Kept, because answers depend on them: {string.Join(", ", result.Kept)}");
        Console.WriteLine($"Written to {path}");
    }

    private static void WriteJson(string path, OptimiseResult result) => JsonOutput.Write(writer =>
    {
        var comparison = result.Comparison;
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteString("score", comparison.Kind.ToString().ToLowerInvariant());
        writer.WriteNumber("examples", comparison.Examples);
        foreach (var (name, measure) in new[] { ("before", comparison.Before), ("after", comparison.After) })
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("bytes", measure.Bytes);
            writer.WriteNumber("median_ms", Math.Round(measure.MedianMilliseconds, 4));
            writer.WriteNumber("score", measure.Score);
            writer.WriteEndObject();
        }

        writer.WriteNumber("quantised_layers", result.Weights.Quantised);
        writer.WriteNumber("float16_layers", result.Weights.StoredAsFloat16);
        writer.WriteStartArray("kept");
        foreach (var name in result.Kept) writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Text(double value) => value.ToString(value < 10 ? "0.###" : "0.0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("0.00 %", CultureInfo.InvariantCulture);

    /// <summary>Says at once what is done, on standard error.</summary>
    private sealed class LineProgress : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine($"{value} ...");
    }
}
