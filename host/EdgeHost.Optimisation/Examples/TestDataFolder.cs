using System.Globalization;
using EdgeHost.ModelTools;

namespace EdgeHost.Optimisation.Examples;

/// <summary>
/// Examples in ONNX's own layout of test data: folders <c>test_data_set_N</c> with <c>input_0.pb</c>, <c>input_1.pb</c> and so on, and <c>output_0.pb</c> where what should
/// come out is known (github.com/onnx/onnx, docs/OnnxBackendTest.md); and, beyond it, <c>label.txt</c> with the number of the class. A tensor belongs to the input that it names or, without a
/// name, to the one of its number. Static and thread-safe.
/// </summary>
public static class TestDataFolder
{
    private const string Prefix = "test_data_set_";

    /// <summary>Reads examples.</summary>
    /// <param name="folder">The folder that has the numbered ones.</param>
    /// <param name="graph">The model's graph, which says what goes in and out.</param>
    /// <param name="limits">How much is read; null for the defaults.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such folder, or no examples in it; <see cref="ErrorCode.InvalidArgument"/>: a file is damaged, or an input is missing;
    /// <see cref="ErrorCode.ResourceExhausted"/>: more bytes than the limit.
    /// </exception>
    public static IReadOnlyList<ModelExample> Read(string folder, GraphProto graph, ExampleLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(graph);
        limits ??= new ExampleLimits();
        if (!Directory.Exists(folder)) throw new EdgeHostException(ErrorCode.NotFound, $"There is no folder '{folder}'.");
        var constants = graph.Initializers.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Inputs.Select(input => input.Name).Where(name => !constants.Contains(name)).ToArray();
        var outputs = graph.Outputs.Select(output => output.Name).ToArray();
        var folders = Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => (Path: path, Number: int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1))
            .Where(entry => entry.Number >= 0)
            .OrderBy(entry => entry.Number)
            .Take(limits.MaxExamples)
            .ToArray();
        if (folders.Length == 0)
        {
            throw new EdgeHostException(ErrorCode.NotFound, $"'{folder}' has no examples: folders {Prefix}0, {Prefix}1 and so on with input_0.pb, as ONNX lays test data out.");
        }

        var left = limits.MaxBytes;
        return [.. folders.Select(entry => ReadOne(entry.Path, inputs, outputs, ref left))];
    }

    private static ModelExample ReadOne(string folder, string[] inputs, string[] outputs, ref long left)
    {
        var given = ReadTensors(folder, "input", inputs, ref left);
        var missing = inputs.FirstOrDefault(name => !given.ContainsKey(name));
        if (missing is not null)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{folder}' has nothing for the input '{missing}': write it as input_{Array.IndexOf(inputs, missing)}.pb.");
        }

        var label = Path.Combine(folder, "label.txt");
        return new ModelExample
        {
            Name = Path.GetFileName(folder),
            Inputs = given,
            Outputs = ReadTensors(folder, "output", outputs, ref left),
            Label = File.Exists(label) ? ParseLabel(label) : null,
        };
    }

    private static Dictionary<string, TensorProto> ReadTensors(string folder, string kind, string[] names, ref long left)
    {
        var tensors = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var file = new FileInfo(Path.Combine(folder, $"{kind}_{i}.pb"));
            if (!file.Exists) continue;
            if ((left -= file.Length) < 0) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The examples up to '{folder}' have more bytes than are read; use fewer.");
            var tensor = Parse(file.FullName);
            tensors[names.Contains(tensor.Name) ? tensor.Name : names[i]] = tensor;
        }

        return tensors;
    }

    private static TensorProto Parse(string path)
    {
        try
        {
            return TensorProto.Parse(File.ReadAllBytes(path));
        }
        catch (EdgeHostException e)
        {
            throw new EdgeHostException(e.Code, $"'{path}' is no tensor: {e.Message}", e);
        }
    }

    private static int ParseLabel(string path)
        => int.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var label)
            ? label
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{path}' holds no class: a whole number from 0.");
}
