using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Plugins.Language.Training.Embedders;
using EdgeHost.Plugins.Language.Training.Export;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Plugins.Language.Training.Transformers;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>Trains the models of the Language plugin. plugins/Language/README.md has the whole recipe.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            switch (arguments.FirstOrDefault())
            {
                case "transformer": await TransformerCommand.RunAsync(new Arguments(arguments.AsSpan(1))).ConfigureAwait(false); return 0;
                case "characters": await CharacterCommand.RunAsync(new Arguments(arguments.AsSpan(1))).ConfigureAwait(false); return 0;
                case "tables": await TableCommand.RunAsync(new Arguments(arguments.AsSpan(1))).ConfigureAwait(false); return 0;
                case "assemble": AssembleCommand.Run(new Arguments(arguments.AsSpan(1))); return 0;
                case "embedder": EmbedderCommand.Run(new Arguments(arguments.AsSpan(1))); return 0;
                default: return await FailAsync("language-training transformer|characters|tables|assemble|embedder --name value ...; see plugins/Language/README.md", 2).ConfigureAwait(false);
            }
        }
        catch (EdgeHostException e)
        {
            return await FailAsync(e.Message, 1).ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
        return code;
    }
}
