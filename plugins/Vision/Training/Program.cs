using System.Globalization;
using EdgeHost;
using EdgeHost.Plugins.Vision.Training.Scenes;
using EdgeHost.Plugins.Vision.Training.Vectors;

try
{
    switch (args)
    {
        case ["vectors", var pictures, var output, var copies]:
            await VectorCommand.RunAsync(pictures, output, int.Parse(copies, CultureInfo.InvariantCulture)).ConfigureAwait(false);
            return 0;
        case ["scenes", var vectors, var models, var version, .. var others]:
            await SceneCommand.RunAsync(vectors, models, version, others).ConfigureAwait(false);
            return 0;
        default:
            Console.Error.WriteLine("""
                vision-training vectors PICTURES VECTORS COPIES: makes vectors of the pictures in the folders of PICTURES, which are named by their classes, and of COPIES variations of each.
                vision-training scenes VECTORS MODELS VERSION [VECTORS-OF-OTHERS ...]: trains the head of vision-scenes into the folder MODELS, and measures it.
                """);
            return 2;
    }
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
