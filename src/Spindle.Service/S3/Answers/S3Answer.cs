// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Spindle.Service.S3.Answers;

/// <summary>Answers in the forms of S3.</summary>
internal static class S3Answer
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>A time in a document: <c>2026-11-28T03:45:00.000Z</c>.</summary>
    public static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Answers with a document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">Its outermost element.</param>
    /// <param name="write">Writes what is in it.</param>
    public static async Task XmlAsync(HttpContext context, string root, Action<XmlWriter> write)
    {
        byte[] text = Document(root, Namespace, write);
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
        }
    }

    /// <summary>Writes a document.</summary>
    public static byte[] Document(string root, string? space, Action<XmlWriter> write)
    {
        using MemoryStream text = new();

        // Keys may hold what XML can't: it is written as a reference, as S3 does.
        using (XmlWriter xml = XmlWriter.Create(text, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement(root, space);
            write(xml);
            xml.WriteEndElement();
        }

        return text.ToArray();
    }

    /// <summary>Refuses.</summary>
    public static async Task RefuseAsync(HttpContext context, S3Exception refused)
    {
        HttpResponse response = context.Response;
        string id = response.Headers["x-amz-request-id"].ToString();
        response.StatusCode = refused.Status;
        foreach ((string name, string value) in refused.Headers)
        {
            response.Headers[name] = value;
        }

        if (HttpMethods.IsHead(context.Request.Method) || refused.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        byte[] text = Document("Error", null, xml =>
        {
            xml.WriteElementString("Code", refused.Code);
            xml.WriteElementString("Message", refused.Message);
            foreach ((string name, string value) in refused.Details)
            {
                xml.WriteElementString(name, value);
            }

            xml.WriteElementString("Resource", context.Request.Path.Value ?? "/");
            xml.WriteElementString("RequestId", id);
            xml.WriteElementString("HostId", id);
        });
        response.ContentType = "application/xml";
        response.ContentLength = text.Length;
        await response.Body.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Adds an element whose text stands as it is.</summary>
    public static void Element(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, text);

    /// <summary>Adds an element with a number.</summary>
    public static void Element(this XmlWriter xml, string name, long number) => xml.WriteElementString(name, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an element with yes or no.</summary>
    public static void Element(this XmlWriter xml, string name, bool value) => xml.WriteElementString(name, value ? "true" : "false");

    /// <summary>Adds an element with others in it.</summary>
    public static void Element(this XmlWriter xml, string name, Action inner)
    {
        xml.WriteStartElement(name);
        inner();
        xml.WriteEndElement();
    }
}
