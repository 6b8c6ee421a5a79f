using System.Security.Cryptography;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;
using EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

namespace EdgeHost.Plugins.Recommendation.Engine.Serialization;

/// <summary>
/// Models as bytes: a mark, a version, the ids, the scorer, and at the end the SHA-256 of everything before, which is checked before anything is read. The ids of the catalogue are part of it,
/// and nothing of any user is.
/// </summary>
public static class ModelFile
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 2;

    private const int Mark = 0x4D524845; // "EHRM"
    private const int HashLength = 32;
    private const int HeaderLength = 8;

    /// <summary>Writes a model. The stream is flushed and stays open.</summary>
    public static void Write(RecommendationModel model, Stream stream)
    {
        using var writer = new ModelWriter(stream);
        writer.Int(Mark);
        writer.Int(Version);
        writer.Double(model.Ratings.Lowest);
        writer.Double(model.Ratings.Highest);
        writer.Texts(model.Catalogue.IdSpan);
        writer.Int((int)model.Scorer.Kind);
        model.Scorer.Write(writer);
        writer.Finish();
    }

    /// <summary>Reads a model from the place of a stream that can seek to its end.</summary>
    /// <param name="stream">Bytes of <see cref="Write"/> and nothing after them.</param>
    /// <param name="cancellationToken">Ends it while the hash is made.</param>
    /// <exception cref="EdgeHostException">
    /// The bytes are not those that were written (<see cref="ErrorCode.DataLoss"/>), or of another version (<see cref="ErrorCode.FailedPrecondition"/>): build anew.
    /// </exception>
    public static RecommendationModel Read(Stream stream, CancellationToken cancellationToken = default)
    {
        if (!stream.CanSeek) throw new ArgumentException("The stream cannot seek.", nameof(stream));
        var start = stream.Position;
        var length = stream.Length - start - HashLength;
        if (length < HeaderLength) throw ModelReader.Broken("it is too short");
        var header = new ModelReader(stream, HeaderLength);
        if (header.Int() != Mark) throw ModelReader.Broken("it does not begin like one");
        if (header.Int() is var version && version != Version) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The recommendation model is of version {version}; this is version {Version}. Build it anew.");
        CheckHash(stream, start, length, cancellationToken);
        stream.Position = start + HeaderLength;
        var reader = new ModelReader(stream, length - HeaderLength);
        var ratings = (reader.Double(), reader.Double());
        var ids = reader.Texts();
        var catalogue = Catalogue.Create([], ids.Where(static id => id.Length > 0));
        if (!catalogue.IdSpan.SequenceEqual(ids)) throw ModelReader.Broken("its items are out of order");
        var scorer = ReadScorer(reader, catalogue.Count, mayBlend: true);
        return reader.Left == 0 ? new RecommendationModel(catalogue, scorer, ratings) : throw ModelReader.Broken("something follows its end");
    }

    private static void CheckHash(Stream stream, long start, long length, CancellationToken cancellationToken)
    {
        stream.Position = start;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        for (var left = length; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            stream.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> stored = stackalloc byte[HashLength];
        stream.ReadExactly(stored);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stored)) throw ModelReader.Broken("its hash differs");
    }

    private static ItemScorer ReadScorer(ModelReader reader, int itemCount, bool mayBlend) => (ScorerKind)reader.Int() switch
    {
        ScorerKind.Popularity => PopularityScorer.Read(reader, itemCount),
        ScorerKind.ItemToItem => NeighbourScorer.Read(reader, ScorerKind.ItemToItem, itemCount),
        ScorerKind.Linear => NeighbourScorer.Read(reader, ScorerKind.Linear, itemCount),
        ScorerKind.Factors => FactorScorer.Read(reader, itemCount),
        ScorerKind.Pairwise => PairwiseScorer.Read(reader, itemCount),
        ScorerKind.Content => ContentScorer.Read(reader, itemCount),
        ScorerKind.Sequence => SequenceScorer.Read(reader, itemCount),
        ScorerKind.Towers => TowerScorer.Read(reader, itemCount),
        ScorerKind.Blend when mayBlend => BlendScorer.Read(reader, itemCount, static (inner, count) => ReadScorer(inner, count, mayBlend: false)),
        var kind => throw ModelReader.Broken($"it has a model of the unknown kind {(int)kind}"),
    };
}
