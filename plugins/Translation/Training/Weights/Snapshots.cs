using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeHost.Plugins.Translation.Training.Weights;

/// <summary>A training's numbers at some of its steps, a file each. A file that is there is whole.</summary>
internal static class Snapshots
{
    /// <summary>Where the numbers of a step lie.</summary>
    public static string PathOf(string folder, int step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"step-{step:D6}.weights"));

    /// <summary>Keeps the numbers of a step.</summary>
    public static void Write(string folder, int step, ModelWeights weights)
    {
        var path = PathOf(folder, step);
        var temporary = path + ".new";
        using (var writer = new BinaryWriter(File.Create(temporary), Encoding.UTF8))
        {
            writer.Write(weights.Names.Count);
            foreach (var name in weights.Names)
            {
                writer.Write(name);
                writer.Write(weights[name].Length);
                writer.Write(MemoryMarshal.AsBytes<float>(weights[name]));
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The numbers of a step.</summary>
    public static ModelWeights Read(string folder, int step)
    {
        using var reader = new BinaryReader(File.OpenRead(PathOf(folder, step)), Encoding.UTF8);
        var weights = new ModelWeights();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var values = new float[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            weights[name] = values;
        }

        return weights;
    }

    /// <summary>The last ones of a training.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="steps">Steps of the training.</param>
    /// <param name="every">Steps from one to the next.</param>
    /// <param name="count">How many are wanted.</param>
    public static List<ModelWeights> ReadLast(string folder, int steps, int every, int count)
    {
        var kept = Enumerable.Range(1, (steps + every - 1) / every).Select(i => Math.Min(i * every, steps));
        return [.. kept.TakeLast(count).Select(step => Read(folder, step))];
    }
}
