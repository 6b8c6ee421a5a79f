namespace EdgeHost.Capabilities.Vision;

/// <summary>Names of the vision methods.</summary>
public static class VisionMethods
{
    /// <summary><see cref="RecognizeTextRequest"/> to <see cref="RecognizeTextResponse"/>.</summary>
    public const string RecognizeText = "vision.recognize_text";

    /// <summary><see cref="DetectFacesRequest"/> to <see cref="DetectFacesResponse"/>.</summary>
    public const string DetectFaces = "vision.detect_faces";

    /// <summary><see cref="DetectObjectsRequest"/> to <see cref="DetectObjectsResponse"/>.</summary>
    public const string DetectObjects = "vision.detect_objects";

    /// <summary><see cref="EstimatePoseRequest"/> to <see cref="EstimatePoseResponse"/>.</summary>
    public const string EstimatePose = "vision.estimate_pose";

    /// <summary><see cref="ClassifyImageRequest"/> to <see cref="ClassifyImageResponse"/>.</summary>
    public const string ClassifyImage = "vision.classify_image";

    /// <summary><see cref="SegmentForegroundRequest"/> to <see cref="SegmentForegroundResponse"/>.</summary>
    public const string SegmentForeground = "vision.segment_foreground";

    /// <summary><see cref="EmbedImageRequest"/> to <see cref="EmbedImageResponse"/>.</summary>
    public const string EmbedImage = "vision.embed_image";

    /// <summary><see cref="RecognizeSceneRequest"/> to <see cref="RecognizeSceneResponse"/>.</summary>
    public const string RecognizeScene = "vision.recognize_scene";

    /// <summary><see cref="TeachImageRequest"/> to <see cref="TeachImageResponse"/>.</summary>
    public const string Teach = "vision.teach";

    /// <summary><see cref="ForgetImagesRequest"/> to <see cref="ForgetImagesResponse"/>.</summary>
    public const string Forget = "vision.forget";

    /// <summary><see cref="ClassifiersRequest"/> to <see cref="ClassifiersResponse"/>.</summary>
    public const string Classifiers = "vision.classifiers";

    /// <summary><see cref="CorrectImageRequest"/> to <see cref="CorrectImageResponse"/>.</summary>
    public const string Correct = "vision.correct";

    /// <summary><see cref="RollBackClassifierRequest"/> to <see cref="RollBackClassifierResponse"/>.</summary>
    public const string RollBack = "vision.rollback";

    /// <summary>Duplex: <see cref="WatchRequest"/>, <see cref="VideoFrame"/> in, <see cref="WatchedFrame"/> out, <see cref="WatchResponse"/> at the end.</summary>
    public const string Watch = "vision.watch";
}
