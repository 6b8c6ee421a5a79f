using System.Runtime.InteropServices;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Content;

/// <summary>
/// How near an item is to what the user met: the product of its vector of length 1 with the mean of theirs, weighed by decayed strengths; the features' and the embeddings' side by side. Needs no
/// other users, and knows an item from the moment it is described.
/// </summary>
internal sealed class ContentScorer : ItemScorer
{
    private readonly SparseRows _rows;
    private readonly SparseRows _postings;
    private readonly string[] _features;
    private readonly EmbeddingTable _embeddings;

    public ContentScorer(SparseRows rows, string[] features, EmbeddingTable embeddings, ContentOptions options)
        : this(rows, rows.Transposed(), features, embeddings, options)
    {
    }

    private ContentScorer(SparseRows rows, SparseRows postings, string[] features, EmbeddingTable embeddings, ContentOptions options)
        : base(rows.RowCount)
    {
        _rows = rows;
        _postings = postings;
        _features = features;
        _embeddings = embeddings;
        Options = options;
    }

    public override ScorerKind Kind => ScorerKind.Content;

    public override long Bytes => (_rows.EntryCount * 16L) + _embeddings.Bytes + _features.Sum(static feature => 24L + (feature.Length * 2));

    /// <summary>What the numbers of features mean.</summary>
    public ReadOnlySpan<string> Features => _features;

    /// <summary>The vectors of features, by item.</summary>
    public SparseRows Rows => _rows;

    /// <summary>The embeddings.</summary>
    public EmbeddingTable Embeddings => _embeddings;

    /// <summary>What it was built with, so that it can be built again when items come.</summary>
    public ContentOptions Options { get; }

    // Without embeddings, or without anything else, the other side has all of it.
    private float EmbeddingPart => _embeddings.RowCount == 0 ? 0 : _rows.EntryCount == 0 ? 1 : (float)Options.EmbeddingShare;

    public static ContentScorer Read(ModelReader reader, int itemCount)
    {
        var options = new ContentOptions
        {
            TextShare = reader.Double(),
            EmbeddingShare = reader.Double(),
            FeaturesOfItem = reader.Int(1, int.MaxValue),
            MaxEntries = reader.Int(0, int.MaxValue),
            FeaturesOfUser = reader.Int(1, int.MaxValue),
            MaxFeatures = reader.Int(1, int.MaxValue),
            MaxTextLength = reader.Int(0, int.MaxValue),
            Decay = reader.Decay(),
        };
        var features = reader.Texts();
        var rows = reader.Rows(itemCount, features.Length);
        return new ContentScorer(rows, features, EmbeddingTable.Read(reader, itemCount), options);
    }

    /// <summary>The same vectors with other options, of which none but <see cref="ContentOptions.Decay"/> and <see cref="ContentOptions.EmbeddingShare"/> differ from its own.</summary>
    public ContentScorer With(ContentOptions other) => new(_rows, _postings, _features, _embeddings, other);

    public override HistoryScores For(UserHistory history) => new Answers(this, history);

    /// <summary>The cosine of two items, from -1 to 1; 0 where nothing is known of one.</summary>
    public float Compare(int a, int b)
    {
        var part = EmbeddingPart;
        var (sum, columns, values) = (0f, _rows.ColumnsOf(a).ToArray(), _rows.ValuesOf(a).ToArray());
        for (var i = 0; i < columns.Length; i++) sum += values[i] * _rows.ValueAt(b, columns[i]);
        return ((1 - part) * sum) + (part * _embeddings.Cosine(a, b));
    }

    internal override ItemScorer Mapped(int[] map, int itemCount)
    {
        var features = Enumerable.Range(0, _features.Length).ToArray();
        return new ContentScorer(_rows.Mapped(map, itemCount, features, features.Length), _features, _embeddings.Mapped(map, itemCount), Options);
    }

    internal override void Write(ModelWriter writer)
    {
        writer.Double(Options.TextShare);
        writer.Double(Options.EmbeddingShare);
        writer.Int(Options.FeaturesOfItem);
        writer.Int(Options.MaxEntries);
        writer.Int(Options.FeaturesOfUser);
        writer.Int(Options.MaxFeatures);
        writer.Int(Options.MaxTextLength);
        writer.Decay(Options.Decay);
        writer.Texts(_features);
        writer.Rows(_rows);
        _embeddings.Write(writer);
    }

    private sealed class Answers : DenseScores
    {
        private readonly ContentScorer _scorer;
        private readonly UserHistory _history;
        private readonly float[] _weights;
        private readonly (int Feature, float Weight)[] _features;

        public Answers(ContentScorer scorer, UserHistory history)
            : base(scorer.ItemCount)
        {
            (_scorer, _history, _weights) = (scorer, history, new float[history.Count]);
            // Weights of a mean: strengths over the sum of their amounts, below zero for what the user rejects.
            history.WriteWeights(scorer.Options.Decay, _weights);
            var total = _weights.Sum(Math.Abs);
            for (var i = 0; i < _weights.Length && total > 0; i++) _weights[i] /= total;
            _features = FeaturesOf(history, _weights);
        }

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            foreach (var (feature, weight) in _features)
            {
                var value = weight * _scorer._rows.ValueAt(item, feature);
                if (value != 0) contributions.Add(new Contribution(ContributionKind.Feature, -1, _scorer._features[feature], value));
            }

            if (!_scorer._embeddings.Has(item)) return;
            for (var i = 0; i < _weights.Length; i++)
            {
                if (_weights[i] == 0 || !_scorer._embeddings.Has(_history.Items[i])) continue;
                contributions.Add(new Contribution(ContributionKind.Embedding, _history.Items[i], null, _scorer.EmbeddingPart * _weights[i] * _scorer._embeddings.Cosine(item, _history.Items[i])));
            }
        }

        protected override IReadOnlyList<RowPart>? Parts
            => _scorer.EmbeddingPart > 0 ? null : [.. _features.Select(feature => new RowPart(_scorer._postings, feature.Feature, feature.Weight))];

        protected override void Fill(Span<float> scores)
        {
            scores.Clear();
            if (_scorer.EmbeddingPart > 0)
            {
                var mean = new float[_scorer._embeddings.Width];
                for (var i = 0; i < _weights.Length; i++) _scorer._embeddings.AddTo(_history.Items[i], _weights[i] * _scorer.EmbeddingPart, mean);
                _scorer._embeddings.Score(mean, scores);
            }

            foreach (var (feature, weight) in _features) _scorer._postings.AddRow(feature, weight, scores);
        }

        private (int Feature, float Weight)[] FeaturesOf(UserHistory history, float[] weights)
        {
            var sums = new Dictionary<int, float>();
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] == 0) continue;
                var columns = _scorer._rows.ColumnsOf(history.Items[i]);
                var values = _scorer._rows.ValuesOf(history.Items[i]);
                for (var j = 0; j < columns.Length; j++) CollectionsMarshal.GetValueRefOrAddDefault(sums, columns[j], out _) += weights[i] * (1 - _scorer.EmbeddingPart) * values[j];
            }

            return [.. sums.OrderByDescending(static x => Math.Abs(x.Value)).ThenBy(static x => x.Key).Take(_scorer.Options.FeaturesOfUser).Select(static x => (x.Key, x.Value))];
        }
    }
}
