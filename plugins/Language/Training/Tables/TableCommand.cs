using System.Diagnostics;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Export;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Trains an encoder over tables of words and pieces, from the training texts alone.</summary>
internal static class TableCommand
{
    private const int MaxTokens = 400;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var language = arguments.Text("language");
        var settings = Settings(language, arguments);
        var corpus = Corpus.Load(Path.Combine(arguments.Text("data"), $"{language}-train.tsv"), arguments.Number("all", 0) == 1);
        var tested = arguments.Optional("test") is { } test ? [.. Corpus.Read(test)] : corpus.Held;
        Console.WriteLine($"{language}: {corpus.Training.Count} texts (SHA-256 {corpus.Hash}), tested with {tested.Count}; {settings}");

        var tokens = corpus.Training.Select(Cut).ToList();
        var built = VocabularyBuilder.Build(tokens, settings);
        var texts = new TableTexts(tokens, new Vocabulary(built.File), settings.Length);
        var testTexts = new TableTexts([.. tested.Select(Cut)], new Vocabulary(built.File), settings.Length);
        var targets = texts.ForWindows(Targets.Of(corpus.Training, settings.Smoothing));

        var clock = Stopwatch.StartNew();
        var seed = arguments.Number("seed", 1);
        using var encoder = new TableEncoder(settings, built.WordRows, built.PieceRows, seed);
        encoder.SetPriors(texts.Windows, targets, settings.PriorShare);
        Console.WriteLine($"seed {seed}: {encoder.ParameterCount} numbers, {built.WordRows} words, {built.PieceRows} pieces");
        await encoder.TrainAsync(texts.Windows, targets, progress => Console.WriteLine($"  step {progress.Step}, loss {progress.Loss:F4}")).ConfigureAwait(false);

        var shares = testTexts.Judge(encoder);
        Console.WriteLine($"in {clock.Elapsed.TotalSeconds:F0} s: {Score.Of(tested, shares)}");
        foreach (var (source, score) in Score.BySource(tested, shares)) Console.WriteLine($"  {source}: {score}");
        if (arguments.Optional("out") is not { } folder) return;
        folder = Path.Combine(folder, language);
        EncoderFiles.Write(folder, encoder, built.File, settings);
        var replayed = EncoderFiles.ChooseForReplay(corpus.Training);
        var windows = new TableTexts([.. replayed.Select(i => tokens[i])], new Vocabulary(built.File), settings.Length);
        EncoderFiles.WriteReplay(folder, windows.ForTexts(encoder.Encode(windows.Windows)), replayed.Select(i => corpus.Training[i]));
        Console.WriteLine($"with 8 bits: {Score.Of(tested, testTexts.Judge(encoder))}");
    }

    private static TableSettings Settings(string language, Arguments arguments)
    {
        var settings = new TableSettings { Part = language == "zh" ? 1 : 0 };
        return settings with
        {
            MostPieces = arguments.Number("pieces", settings.MostPieces),
            VectorDropout = arguments.Share("vector-dropout", settings.VectorDropout),
            TokenDropout = arguments.Share("token-dropout", settings.TokenDropout),
            PieceDropout = arguments.Share("piece-dropout", settings.PieceDropout),
            FeatureDropout = arguments.Share("feature-dropout", settings.FeatureDropout),
            PriorShare = arguments.Share("prior", settings.PriorShare),
            Smoothing = arguments.Share("smoothing", settings.Smoothing),
            Rounds = arguments.Share("rounds", settings.Rounds),
            Rate = arguments.Share("rate", settings.Rate),
            Decay = arguments.Share("decay", settings.Decay),
        };
    }

    private static List<Token> Cut(LabelledText text) => Tokeniser.Cut(text.Text, MaxTokens).Tokens is { Count: > 0 } tokens ? tokens : [new Token("-", TokenKind.Symbol)];
}
