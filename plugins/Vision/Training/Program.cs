using System.Globalization;
using EdgeHost;
using EdgeHost.Plugins.Vision.Training.Drawings;
using EdgeHost.Plugins.Vision.Training.Scenes;
using EdgeHost.Plugins.Vision.Training.Vectors;

try
{
    switch (args)
    {
        case ["vectors", var pictures, var output, var copies]:
            await VectorCommand.RunAsync(pictures, output, int.Parse(copies, CultureInfo.InvariantCulture)).ConfigureAwait(false);
            return 0;
        case ["drawings", var fonts, var output, var count]:
            DrawingCommand.Draw(fonts, output, int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        case ["things", var cutOuts, var output]:
            DrawingCommand.Place(cutOuts, output);
            return 0;
        case [("scenes" or "refine") and var command, var vectors, var models, var version, .. var others]:
            await SceneCommand.RunAsync(vectors, models, version, command == "refine", others).ConfigureAwait(false);
            return 0;
        default:
            Console.Error.WriteLine("""
                vision-training drawings FONTS OUTPUT COUNT: draws COUNT pages, COUNT diagrams and COUNT drawings into the folder OUTPUT, with the TrueType fonts of the folder FONTS.
                vision-training things CUT-OUTS OUTPUT: puts the PNG files of CUT-OUTS, which are things with transparency around them, before plain grounds, into the folder OUTPUT.
                vision-training vectors PICTURES VECTORS COPIES: makes vectors of the pictures in the folders of PICTURES, which are named by their classes, and of COPIES variations of each.
                vision-training scenes VECTORS MODELS VERSION [VECTORS-OF-OTHERS ...]: trains the head of vision-scenes into the folder MODELS, and measures it.
                vision-training refine VECTORS MODELS VERSION [VECTORS-OF-OTHERS ...]: has the head in the folder MODELS learn on, keeping the classes and how it sees pictures, and measures it.
                """);
            return 2;
    }
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
