using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Rows;

/// <summary>Packed rows as the network's inputs. A sentence sees its own pieces only, and its places begin at 0. Not thread-safe.</summary>
internal sealed class RowData : ITrainingData
{
    private const float Hidden = -1e9f;

    private readonly IReadOnlyList<EncodedPair> _pairs;
    private readonly List<int[]> _rows;
    private readonly MarianShape _shape;
    private readonly TargetOrder _order;
    private readonly int _length;
    private readonly float[] _places;

    /// <summary>Packs pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="shape">The network's sizes.</param>
    /// <param name="order">Where each piece's vector lies.</param>
    /// <param name="length">Pieces of a row on either side.</param>
    /// <param name="seed">What the packing is drawn from.</param>
    public RowData(IReadOnlyList<EncodedPair> pairs, MarianShape shape, TargetOrder order, int length, int seed)
    {
        (_pairs, _shape, _order, _length) = (pairs, shape, order, length);
        _rows = RowPacking.Pack(pairs, length, seed);
        _places = Sinusoids.Of(length, shape.Width);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in _rows)
        {
            foreach (var index in row)
            {
                hash.AppendData(MemoryMarshal.AsBytes<int>(pairs[index].Source));
                hash.AppendData(MemoryMarshal.AsBytes<int>(pairs[index].Target));
            }
        }

        Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
        TargetPieces = _rows.Sum(row => row.Sum(index => (long)pairs[index].Target.Length));
    }

    /// <inheritdoc/>
    public int Count => _rows.Count;

    /// <inheritdoc/>
    public string Hash { get; }

    /// <summary>Pieces of all translations: how many losses a round has.</summary>
    public long TargetPieces { get; }

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        batch.Floats(MarianNetwork.SourceMask).Fill(Hidden);
        batch.Floats(MarianNetwork.TargetMask).Fill(Hidden);
        batch.Floats(MarianNetwork.CrossMask).Fill(Hidden);
        batch.Floats(MarianNetwork.Weight).Clear();
        batch.Integers(MarianNetwork.Source).Fill(_order.PlaceOf(_shape.Pad));
        batch.Integers(MarianNetwork.Target).Fill(_order.PlaceOf(_shape.Pad));
        batch.Integers(MarianNetwork.Label).Clear();
        for (var row = 0; row < examples.Length; row++)
        {
            var (source, target) = (0, 0);
            foreach (var index in _rows[examples[row]])
            {
                Put(batch, row, source, target, _pairs[index]);
                source += _pairs[index].Source.Length;
                target += _pairs[index].Target.Length;
            }
        }
    }

    private void Put(BatchBuffers batch, int row, int source, int target, EncodedPair pair)
    {
        var start = row * _length;
        for (var i = 0; i < pair.Source.Length; i++)
        {
            batch.Integers(MarianNetwork.Source)[start + source + i] = _order.PlaceOf(pair.Source[i]);
            PutPlace(batch.Floats(MarianNetwork.SourcePlaces), start + source + i, i);
            Show(MarianNetwork.SourceMask, source + i, source, pair.Source.Length);
        }

        for (var i = 0; i < pair.Target.Length; i++)
        {
            var at = start + target + i;
            batch.Integers(MarianNetwork.Target)[at] = _order.PlaceOf(i == 0 ? _shape.Pad : pair.Target[i - 1]);
            batch.Integers(MarianNetwork.Label)[at] = Label(pair.Target[i]);
            batch.Floats(MarianNetwork.Weight)[at] = 1;
            PutPlace(batch.Floats(MarianNetwork.TargetPlaces), at, i);
            Show(MarianNetwork.TargetMask, target + i, target, i + 1);
            Show(MarianNetwork.CrossMask, target + i, source, pair.Source.Length);
        }

        void Show(string mask, int from, int first, int count) => batch.Floats(mask).Slice(((start + from) * _length) + first, count).Clear();
    }

    // Sentences held back may have pieces that no learned translation has.
    private int Label(int id) => _order.PlaceOf(id) is var place && place < _order.Targets ? place : _order.PlaceOf(MarianShape.Unknown);

    private void PutPlace(Span<float> vectors, int at, int place) => _places.AsSpan(place * _shape.Width, _shape.Width).CopyTo(vectors[(at * _shape.Width)..]);
}
