namespace EdgeHost.Capabilities.Vision;

/// <summary>Names of the vision methods.</summary>
public static class VisionMethods
{
    /// <summary><see cref="RecognizeTextRequest"/> to <see cref="RecognizeTextResponse"/>.</summary>
    public const string RecognizeText = "vision.recognize_text";

    /// <summary><see cref="DetectFacesRequest"/> to <see cref="DetectFacesResponse"/>.</summary>
    public const string DetectFaces = "vision.detect_faces";
}
