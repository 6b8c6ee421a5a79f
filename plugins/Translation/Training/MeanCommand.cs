using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Weights;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>
/// Makes a model of the mean of several that began with the same numbers. It is often better than each: what one has forgotten the other still knows
/// (Wortsman et al., 2022).
/// </summary>
internal static class MeanCommand
{
    /// <summary>Runs the command.</summary>
    public static void Run(Arguments arguments)
    {
        var folders = arguments.Text("models").Split(',');
        var languages = arguments.Text("languages").Split('-');
        if (languages.Length != 2) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give --languages as two codes of three letters, for example fra-eng.");
        var shape = ModelFolder.ShapeOf(folders[0]);
        var mean = ModelWeights.Mean([.. folders.Select(folder => WeightReader.Read(folder, shape))]);
        ModelFolder.Write(arguments.Text("out"), mean, shape, folders[0], (languages[0], languages[1]));
    }
}
