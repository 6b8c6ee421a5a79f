using System.Diagnostics;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Export;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Trains two encoders over tables of words and pieces and joins them: one that only adds up, and the transformer that knows texts already.</summary>
internal static class TableCommand
{
    private const int MaxTokens = 400;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var language = arguments.Text("language");
        var settings = Settings(language, arguments);
        var data = Path.Combine(arguments.Text("data"), $"{language}-train.tsv");
        var corpus = Corpus.Load(data, arguments.Number("all", 0) == 1);
        var tested = arguments.Optional("test") is { } test ? [.. Corpus.Read(test)] : corpus.Held;
        Console.WriteLine($"{language}: {corpus.Training.Count} texts (SHA-256 {corpus.Hash}), tested with {tested.Count}; {settings}");

        var clock = Stopwatch.StartNew();
        var seed = arguments.Number("seed", 1);
        var tokens = corpus.Training.Select(text => Cut(text.Text)).ToList();
        var vocabulary = VocabularyBuilder.Build(tokens, settings);
        var texts = new TableTexts(tokens, new Vocabulary(vocabulary.File), settings.Length);
        var testTexts = new TableTexts([.. tested.Select(text => Cut(text.Text))], new Vocabulary(vocabulary.File), settings.Length);
        Console.WriteLine($"seed {seed}: {vocabulary.WordRows} words, {vocabulary.PieceRows} pieces, {vocabulary.VectorRows} with vectors");
        var targets = texts.ForWindows(Targets.Of(corpus.Training, settings.Smoothing));
        using var sums = new TableEncoder(settings.ForSums(), vocabulary.WordRows, vocabulary.PieceRows, seed);
        sums.SetPriors(texts.Windows, targets);
        await sums.TrainAsync(texts.Windows, targets, progress => Console.WriteLine($"  sums: step {progress.Step}, loss {progress.Loss:F4}")).ConfigureAwait(false);
        using var characters = await CharacterTraining.TrainAsync(arguments, corpus, settings, tokens, vocabulary).ConfigureAwait(false);
        Tell("sums", sums.Judge(testTexts, testTexts.Windows));
        Tell("characters", characters.Judge(testTexts, testTexts.WindowsWith(vocabulary.Vectors)));
        var encoder = new JoinedEncoder(settings, vocabulary, sums, characters);
        Report($"in {clock.Elapsed.TotalSeconds:F0} s");
        if (arguments.Optional("out") is not { } folder) return;
        folder = Path.Combine(folder, language);
        EncoderFiles.Write(folder, encoder, vocabulary);
        var replayed = EncoderFiles.ChooseForReplay(corpus.Training);
        EncoderFiles.WriteReplay(folder, encoder.Encode(new TableTexts([.. replayed.Select(i => tokens[i])], new Vocabulary(vocabulary.File), settings.Length)), replayed.Select(i => corpus.Training[i]));
        Report("with 8 bits");

        void Tell(string name, float[] shares) => Console.WriteLine($"  {name}: {Score.Of(tested, shares)}");

        void Report(string when)
        {
            var shares = encoder.Judge(testTexts);
            Console.WriteLine($"{when}: {Score.Of(tested, shares)}");
            foreach (var (source, score) in Score.BySource(tested, shares)) Console.WriteLine($"  {source}: {score}");
        }
    }

    /// <summary>A text's tokens, at least one.</summary>
    public static List<Token> Cut(string text) => Tokeniser.Cut(text, MaxTokens).Tokens is { Count: > 0 } tokens ? tokens : [new Token("-", TokenKind.Symbol)];

    private static TableSettings Settings(string language, Arguments arguments)
    {
        var settings = new TableSettings { Part = language == "zh" ? 1 : 0 };
        return settings with
        {
            MostPieces = arguments.Number("pieces", settings.MostPieces),
            MostSummed = arguments.Number("summed", settings.MostSummed),
            TokenDropout = arguments.Share("token-dropout", settings.TokenDropout),
            PieceDropout = arguments.Share("piece-dropout", settings.PieceDropout),
            PriorShare = arguments.Share("prior", settings.PriorShare),
            Smoothing = arguments.Share("smoothing", settings.Smoothing),
            Rounds = arguments.Share("rounds", settings.Rounds),
            Rate = arguments.Share("rate", settings.Rate),
            Decay = arguments.Share("decay", settings.Decay),
        };
    }
}
