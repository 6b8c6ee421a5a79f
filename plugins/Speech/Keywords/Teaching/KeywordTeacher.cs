using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Personal;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>
/// Learns a keyword. Recordings and voices of other speech are parted into folds; for each fold a head learns from the others and is measured on it, and by these figures the
/// threshold is chosen. The head that serves learns from all. Used once; not thread-safe.
/// </summary>
internal sealed class KeywordTeacher
{
    private const int MostFolds = 5;
    private const int HopsThatCount = 3;
    private const int HopsAfterTheWord = 8;
    private readonly NegativeTracks _negatives;
    private readonly Lesson _lesson;
    private readonly List<float[]> _tracks;
    private readonly HeadTrainer _trainer;
    private readonly int _folds;

    /// <summary>Begins to learn.</summary>
    /// <param name="negatives">Other speech.</param>
    /// <param name="lesson">What is learnt from.</param>
    /// <param name="trainer">The host's.</param>
    public KeywordTeacher(NegativeTracks negatives, Lesson lesson, ITrainer trainer)
    {
        (_negatives, _lesson, _folds) = (negatives, lesson, Math.Min(MostFolds, lesson.Recordings.Count));
        _tracks = [.. Enumerable.Range(0, negatives.Count).Select(negatives.VectorsOf)];
        var (mean, scale) = Moments(_tracks);
        _trainer = new HeadTrainer(trainer, lesson.Window, mean, scale);
    }

    /// <summary>Learns.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The head, and what was measured.</returns>
    /// <exception cref="EdgeHostException">As <see cref="ITrainer.TrainAsync"/> says.</exception>
    public async ValueTask<(HeadParameters Head, Measurement Measured)> LearnAsync(CancellationToken cancellationToken)
    {
        var (peaks, tracks) = (new List<float>(), new List<float[]>());
        for (var fold = 0; fold < _folds; fold++)
        {
            var run = new HeadRun(await TrainAsync(fold, cancellationToken).ConfigureAwait(false));
            peaks.AddRange(_lesson.Recordings.Index().Where(entry => entry.Index % _folds == fold).Select(entry => Scores(run, entry.Item[0].Vectors).Max()));
            tracks.AddRange(_tracks.Index().Where(entry => FoldOf(entry.Index) == fold).Select(entry => Scores(run, entry.Item)));
        }

        return (await TrainAsync(fold: -1, cancellationToken).ConfigureAwait(false), ThresholdRule.Choose(peaks, tracks));
    }

    // A voice is in one fold alone: what is measured was never heard before.
    private int FoldOf(int track) => _negatives.VoiceOf(track) % _folds;

    private async ValueTask<HeadParameters> TrainAsync(int fold, CancellationToken cancellationToken)
    {
        var (positives, refused, others) = (new WindowSet(_lesson.Window), new WindowSet(_lesson.Window), new WindowSet(_lesson.Window));
        foreach (var (_, takes) in _lesson.Recordings.Index().Where(entry => entry.Index % _folds != fold))
        {
            foreach (var take in takes) AddTake(take, positives, refused);
        }

        foreach (var take in _lesson.Spoken.SelectMany(static takes => takes)) AddTake(take, positives, refused);
        foreach (var vectors in _lesson.Refused) AddAll(vectors, refused);
        foreach (var (_, vectors) in _tracks.Index().Where(entry => FoldOf(entry.Index) != fold)) AddAll(vectors, others);
        return await _trainer.TrainAsync(positives, refused, others, seed: 1, cancellationToken).ConfigureAwait(false);
    }

    private static void AddAll(float[] vectors, WindowSet windows)
    {
        for (var last = 0; last < vectors.Length / KeywordFeatures.Width; last++) windows.Add(vectors, last);
    }

    // Half of the keyword is not the keyword, nor is what it leaves behind; what lies between is neither.
    private static void AddTake(TaughtSound take, WindowSet positives, WindowSet refused)
    {
        for (var hop = 0; hop < take.Hops; hop++)
        {
            if (hop >= take.FirstHop && hop < take.FirstHop + HopsThatCount) positives.Add(take.Vectors, take.Lead + hop);
            else if (hop <= take.HalfHop || hop >= take.FirstHop + HopsAfterTheWord) refused.Add(take.Vectors, take.Lead + hop);
        }
    }

    private float[] Scores(HeadRun run, float[] vectors)
    {
        var count = vectors.Length / KeywordFeatures.Width;
        var scores = new float[Math.Max(1, count - _lesson.Window + 1)];
        for (var i = 0; i + _lesson.Window <= count; i++) scores[i] = run.Score(vectors.AsSpan(i * KeywordFeatures.Width, _lesson.Window * KeywordFeatures.Width));
        return scores;
    }

    private static (float[] Mean, float[] Scale) Moments(List<float[]> tracks)
    {
        var (sum, squares, count) = (new double[KeywordFeatures.Width], new double[KeywordFeatures.Width], 0L);
        foreach (var track in tracks)
        {
            for (var i = 0; i < track.Length; i++)
            {
                sum[i % KeywordFeatures.Width] += track[i];
                squares[i % KeywordFeatures.Width] += (double)track[i] * track[i];
            }

            count += track.Length / KeywordFeatures.Width;
        }

        var (mean, scale) = (new float[KeywordFeatures.Width], new float[KeywordFeatures.Width]);
        for (var place = 0; place < mean.Length; place++)
        {
            var average = sum[place] / Math.Max(1, count);
            mean[place] = (float)average;
            scale[place] = (float)(1 / Math.Sqrt(Math.Max(1e-4, (squares[place] / Math.Max(1, count)) - (average * average))));
        }

        return (mean, scale);
    }
}
