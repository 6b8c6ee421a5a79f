global using EdgeHost.Plugins.Language.Training;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>Trains the models of the Translation plugin. docs/translation-training.md has the whole recipe.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            switch (arguments.FirstOrDefault())
            {
                case "train": await TrainCommand.RunAsync(new Arguments(arguments.AsSpan(1)), stop.Token).ConfigureAwait(false); return 0;
                case "translate": await TranslateCommand.RunAsync(new Arguments(arguments.AsSpan(1)), stop.Token).ConfigureAwait(false); return 0;
                case "mean": MeanCommand.Run(new Arguments(arguments.AsSpan(1))); return 0;
                case "ship": ShipCommand.Run(new Arguments(arguments.AsSpan(1))); return 0;
                default: return await FailAsync("translation-training train|translate|mean|ship --name value ...; see docs/translation-training.md", 2).ConfigureAwait(false);
            }
        }
        catch (EdgeHostException e)
        {
            return await FailAsync(e.Message, 1).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync("Stopped; the same command goes on from here.", 130).ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
        return code;
    }
}
