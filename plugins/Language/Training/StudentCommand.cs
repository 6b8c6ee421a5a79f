using System.Diagnostics;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Students;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>
/// Trains encoders. Several of different seeds judge the training texts together, and their judgement can be what another one is trained
/// towards: one network that is as good as the many (Hinton et al., 2015).
/// </summary>
internal static class StudentCommand
{
    private const int MaxTokens = 400;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var language = arguments.Text("language");
        var data = arguments.Text("data");
        var settings = Settings(language, arguments);
        var corpus = Corpus.Load(Path.Combine(data, $"{language}-train.tsv"), arguments.Number("all", 0) == 1);
        var tested = arguments.Optional("test") is { } test ? [.. Corpus.Read(test)] : corpus.Held;
        Console.WriteLine($"{language}: {corpus.Training.Count} texts (SHA-256 {corpus.Hash}), tested with {tested.Count}; {settings}");

        var tokens = corpus.Training.Select(Cut).ToList();
        var labels = Targets.Of(corpus.Training, settings.Smoothing);
        var weights = Targets.Weights(corpus.Training, settings.Balance);
        if (arguments.Optional("teacher") is { } teacher)
        {
            // A teacher that learned without weights judges without them; one of this command's own has had them.
            var judgement = Targets.Load(teacher);
            if (arguments.Number("teacher-balanced", 0) == 0) judgement = Targets.Reweigh(corpus.Training, judgement, settings.Balance);
            labels = Targets.Mix(labels, judgement, settings.TeacherShare);
        }

        if (arguments.Optional("unlabelled") is { } unlabelled)
        {
            tokens.AddRange((await File.ReadAllLinesAsync(unlabelled).ConfigureAwait(false)).Select(line => Cut(new LabelledText(line, 0, "unlabelled"))));
            labels = [.. labels, .. Targets.Load(arguments.Text("unlabelled-teacher"))];
            weights = [.. weights, .. Enumerable.Repeat(arguments.Share("unlabelled-weight", 0.5f), tokens.Count - weights.Length)];
        }

        var vectors = arguments.Optional("vectors") is { } path ? WordVectors.Load(path) : [];
        var built = VocabularyBuilder.Build(tokens.Take(corpus.Training.Count), settings, vectors.Keys.Select(word => Pieces.Word(new Token(word, TokenKind.Word))));
        var texts = new StudentTexts(tokens, new Vocabulary(built.File), settings.Length);
        var testTexts = new StudentTexts([.. tested.Select(Cut)], new Vocabulary(built.File), settings.Length);
        var (targets, counts) = (texts.ForWindows(labels), texts.ForWindows(weights));
        var (judged, testJudged) = (new float[tokens.Count * StudentSettings.Sums], new float[tested.Count * StudentSettings.Sums]);

        var seeds = arguments.Number("seeds", 1);
        for (var seed = arguments.Number("seed", 1); seeds > 0; seed++, seeds--)
        {
            var clock = Stopwatch.StartNew();
            using var student = new Student(settings, built.WordRows, built.PieceRows, seed);
            student.SetWordVectors(vectors.Select(vector => (new Vocabulary(built.File).Word(new Token(vector.Key, TokenKind.Word)), vector.Value)));
            student.SetPriors(texts.Windows, targets, settings.PriorShare);
            Console.WriteLine($"seed {seed}: {student.ParameterCount} numbers, {built.WordRows} words, {built.PieceRows} pieces");
            await student.TrainAsync(texts.Windows, targets, counts, progress => Console.WriteLine($"  step {progress.Step}, loss {progress.Loss:F4}, {Score.Of(tested, testTexts.Judge(student))}")).ConfigureAwait(false);
            Add(testJudged, testTexts.Judge(student));
            if (arguments.Optional("save") is not null) Add(judged, texts.Judge(student));
            Print($"seed {seed} in {clock.Elapsed.TotalSeconds:F0} s", tested, testJudged);
            if (arguments.Optional("out") is { } folder) Export.EncoderFiles.Write(Path.Combine(folder, language), student, built.File, settings, texts, corpus, () => Score.Of(tested, testTexts.Judge(student)));
        }

        if (arguments.Optional("save") is { } save) Targets.Save(save, [.. judged.Chunk(StudentSettings.Sums).SelectMany(three => three.Select(share => share / three.Sum()))]);
        if (arguments.Optional("save-test") is { } saveTest) Targets.Save(saveTest, testJudged);
    }

    private static StudentSettings Settings(string language, Arguments arguments)
    {
        var isChinese = language == "zh";
        var settings = new StudentSettings { Part = isChinese ? 1 : 0, Length = isChinese ? 96 : 64, WordWidth = isChinese ? 64 : 96 };
        return settings with
        {
            Length = arguments.Number("length", settings.Length),
            Width = arguments.Number("width", settings.Width),
            WordWidth = arguments.Number("word-width", settings.WordWidth),
            Hidden = arguments.Number("hidden", settings.Hidden),
            MostPieces = arguments.Number("pieces", settings.MostPieces),
            LeastPieceTexts = arguments.Number("least", settings.LeastPieceTexts),
            VectorDropout = arguments.Share("vector-dropout", settings.VectorDropout),
            TokenDropout = arguments.Share("token-dropout", settings.TokenDropout),
            PieceDropout = arguments.Share("piece-dropout", settings.PieceDropout),
            FeatureDropout = arguments.Share("feature-dropout", settings.FeatureDropout),
            TeacherShare = arguments.Share("teacher-share", settings.TeacherShare),
            Smoothing = arguments.Share("smoothing", settings.Smoothing),
            Balance = arguments.Share("balance", isChinese ? 0 : 0.75f),
            PriorShare = arguments.Share("prior", settings.PriorShare),
            Rounds = arguments.Share("rounds", settings.Rounds),
            Rate = arguments.Share("rate", settings.Rate),
            Decay = arguments.Share("decay", settings.Decay),
            Batch = arguments.Number("batch", settings.Batch),
        };
    }

    private static List<Token> Cut(LabelledText text) => Tokeniser.Cut(text.Text, MaxTokens).Tokens is { Count: > 0 } tokens ? tokens : [new Token("-", TokenKind.Symbol)];

    private static void Add(float[] sum, float[] more)
    {
        for (var i = 0; i < sum.Length; i++) sum[i] += more[i];
    }

    private static void Print(string what, IReadOnlyList<LabelledText> texts, float[] shares)
    {
        Console.WriteLine($"{what}: {Score.Of(texts, shares)}");
        foreach (var (source, score) in Score.BySource(texts, shares)) Console.WriteLine($"  {source}: {score}");
    }
}
