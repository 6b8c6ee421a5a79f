using System.Runtime.InteropServices;
using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>
/// Takes the English part of the head and of the features for replay out of the models that ship, so that Chinese can be trained anew while the
/// English encoder stays as it is.
/// </summary>
internal static class ShippedEnglish
{
    private const int Labels = 3;

    /// <summary>Writes the two files that the English training would have written.</summary>
    /// <param name="models">The plugin's folder of models.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="width">Features of English.</param>
    public static void Write(string models, string folder, int width)
    {
        Directory.CreateDirectory(folder);
        var shipped = Path.Combine(models, "language-sentiment");
        var tensors = ModelProto.Parse(File.ReadAllBytes(Path.Combine(shipped, EncoderFiles.Model))).Graph!.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        float[] head = [.. tensors["weight"].ToArray<float>().AsSpan(..(width * Labels)), .. tensors["bias"].ToArray<float>()];
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Head), MemoryMarshal.AsBytes<float>(head).ToArray());
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Replay), ReplayFile.Head(File.ReadAllBytes(Path.Combine(shipped, EncoderFiles.Replay)), width));
    }
}
