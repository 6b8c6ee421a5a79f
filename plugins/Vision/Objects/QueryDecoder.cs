using System.Numerics;
using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>
/// DETR and its kin, as the Hugging Face hub exports them: <c>logits</c> [1, N, classes + 1], the last for "nothing", and <c>pred_boxes</c> [1, N, 4] of centre, width and height as shares of the
/// input. (N. Carion et al., End-to-End Object Detection with Transformers, arXiv:2005.12872.)
/// </summary>
/// <param name="hasNothing">Whether the last class means "nothing" and the scores are one softmax; otherwise each class has a sigmoid of its own (RT-DETR).</param>
internal sealed class QueryDecoder(bool hasNothing) : IObjectDecoder
{
    public int CountClasses(PictureAnswer answer)
    {
        var (logits, boxes) = (answer.ShapeOf(0), answer.ShapeOf(1));
        if (logits.Rank != 3 || boxes.Rank != 3 || boxes[2] != 4 || boxes[1] != logits[1] || logits[2] < 2) throw answer.Unexpected("logits [1, N, classes] and boxes [1, N, 4]");
        return (int)logits[2] - (hasNothing ? 1 : 0);
    }

    public void Decode(PictureAnswer answer, float threshold, List<ObjectCandidate> candidates)
        => Decode(answer.Floats(0), answer.Floats(1), CountClasses(answer), new Vector2(answer.Form.Width, answer.Form.Height), threshold, candidates);

    internal void Decode(ReadOnlySpan<float> logits, ReadOnlySpan<float> boxes, int classes, Vector2 size, float threshold, List<ObjectCandidate> candidates)
    {
        var columns = classes + (hasNothing ? 1 : 0);
        var scores = new float[columns];
        for (; boxes.Length >= 4; boxes = boxes[4..], logits = logits[columns..])
        {
            if (hasNothing) TensorPrimitives.SoftMax(logits[..columns], scores);
            else TensorPrimitives.Sigmoid(logits[..columns], scores);
            var best = TensorPrimitives.IndexOfMax(scores.AsSpan(0, classes));
            var box = Bounds.Around(new Vector2(boxes[0], boxes[1]) * size, new Vector2(boxes[2], boxes[3]) * size);
            if (scores[best] >= threshold && box.HasArea) candidates.Add(new ObjectCandidate(box, best, scores[best]));
        }
    }
}
