package io.mapae.example.demo;

import io.mapae.verify.Reason;
import java.util.Locale;
import java.util.Optional;

/** What the server asks of a token, in its order: what comes after the first failure is not asked any more. */
enum Check {
    TEXT(
            "Text",
            "형식",
            "one token in three parts of base64url, not too long (RFC 6750 §2.1, RFC 7515 §7.1)",
            "base64url 세 부분으로 된 토큰 하나이고 너무 길지 않음 (RFC 6750 §2.1, RFC 7515 §7.1)"),
    HEADER(
            "Header",
            "헤더",
            "a JSON object in which nothing is there twice, without crit, b64, zip and cty",
            "중복이 없는 JSON 객체이고 crit, b64, zip, cty가 없음"),
    ALGORITHM(
            "Algorithm",
            "알고리즘",
            "alg is one of those that the settings allow, and never none (RFC 8725 §3.1)",
            "alg가 설정에서 허용한 것이고 none이 아님 (RFC 8725 §3.1)"),
    TYPE("Type", "유형", "typ is that of an access token (RFC 9068 §4)", "typ가 액세스 토큰의 것임 (RFC 9068 §4)"),
    KEY("Key", "키", "the issuer has published a key for this kid and alg", "이 kid와 alg에 맞는 키를 발급자가 공개함"),
    SIGNATURE(
            "Signature",
            "서명",
            "made by that key, over the bytes as they came (RFC 7515 §5.2)",
            "그 키로, 받은 바이트 그대로에 서명됨 (RFC 7515 §5.2)"),
    CLAIMS(
            "Claims",
            "클레임",
            "all that must be there is, and of the right type (RFC 7519 §4.1)",
            "있어야 할 것이 모두 있고 유형이 맞음 (RFC 7519 §4.1)"),
    ISSUER(
            "Issuer",
            "발급자",
            "iss is who the settings trust, letter by letter (RFC 7519 §4.1.1)",
            "iss가 설정에서 신뢰하는 발급자와 글자 그대로 같음 (RFC 7519 §4.1.1)"),
    AUDIENCE("Audience", "대상", "aud names this application (RFC 7519 §4.1.3)", "aud에 이 애플리케이션이 있음 (RFC 7519 §4.1.3)"),
    EXPIRY("Expiry", "만료", "exp is in the future (RFC 7519 §4.1.4)", "exp가 아직 지나지 않음 (RFC 7519 §4.1.4)"),
    NOT_BEFORE("Not before", "시작", "nbf is not in the future (RFC 7519 §4.1.5)", "nbf가 이미 지남 (RFC 7519 §4.1.5)"),
    ISSUED_AT("Issued at", "발급 시각", "iat is not in the future (RFC 7519 §4.1.6)", "iat가 미래가 아님 (RFC 7519 §4.1.6)"),
    AGE("Age", "나이", "not older, and not good for longer, than the settings allow", "설정에서 허용한 것보다 오래되지도, 오래 유효하지도 않음"),
    USE(
            "Use",
            "용도",
            "no ID token, refresh token or logout token (RFC 9068 §5)",
            "ID 토큰, 리프레시 토큰, 로그아웃 토큰이 아님 (RFC 9068 §5)"),
    PROOF(
            "Proof",
            "증명",
            "not bound to a key that the request does not prove to have (RFC 9449 §7.2)",
            "요청이 증명하지 않은 키에 묶여 있지 않음 (RFC 9449 §7.2)"),
    NAME("Name", "이름", "the claim that names the caller has a name that can be shown", "사용자를 가리키는 클레임이 표시할 수 있는 이름임"),
    REVOCATION(
            "Revocation",
            "폐기",
            "neither the token, nor its session, nor its owner's tokens were revoked",
            "토큰도, 그 세션도, 그 소유자의 토큰도 폐기되지 않음");

    private final String english;
    private final String korean;
    private final String meaningInEnglish;
    private final String meaningInKorean;

    Check(String english, String korean, String meaningInEnglish, String meaningInKorean) {
        this.english = english;
        this.korean = korean;
        this.meaningInEnglish = meaningInEnglish;
        this.meaningInKorean = meaningInKorean;
    }

    String title(Locale language) {
        return isKorean(language) ? korean : english;
    }

    /** What is so when it passes. */
    String meaning(Locale language) {
        return isKorean(language) ? meaningInKorean : meaningInEnglish;
    }

    private static boolean isKorean(Locale language) {
        return language.getLanguage().equals("ko");
    }

    /**
     * Which one fails for that reason; empty where it is none of the token's. That a payload is no JSON is found after the
     * signature, and has the same reason as of a header; but only the issuer could sign such a token.
     */
    static Optional<Check> of(Reason reason) {
        return Optional.ofNullable(
                switch (reason) { // no default: a new reason must be placed
                    case NO_TOKEN, SEVERAL_CREDENTIALS, BAD_CREDENTIALS, TOKEN_TOO_LONG, NOT_COMPACT, NOT_BASE64URL ->
                        TEXT;
                    case NOT_JSON, BAD_HEADER, UNSUPPORTED_HEADER -> HEADER;
                    case ALGORITHM_NOT_ALLOWED -> ALGORITHM;
                    case TYPE_NOT_ALLOWED -> TYPE;
                    case NO_MATCHING_KEY, KEYS_OUT_OF_REACH -> KEY;
                    case BAD_SIGNATURE -> SIGNATURE;
                    case CLAIM_MISSING, CLAIM_ILL_TYPED -> CLAIMS;
                    case WRONG_ISSUER -> ISSUER;
                    case WRONG_AUDIENCE -> AUDIENCE;
                    case EXPIRED -> EXPIRY;
                    case NOT_YET_VALID -> NOT_BEFORE;
                    case ISSUED_IN_FUTURE -> ISSUED_AT;
                    case TOO_OLD, LIVES_TOO_LONG -> AGE;
                    case NOT_AN_ACCESS_TOKEN -> USE;
                    case PROOF_REQUIRED -> PROOF;
                    case BAD_NAME -> NAME;
                    case REVOKED, REVOCATIONS_OUT_OF_REACH -> REVOCATION;
                    case DENIED,
                            ROLE_MISSING,
                            SCOPE_MISSING,
                            UNKNOWN_TO_CONTAINER,
                            CLAIM_OF_OTHER_TYPE,
                            AMBIGUOUS_PATH,
                            CROSS_SITE,
                            FOREIGN_ORIGIN,
                            TOKEN_ID_MISSING,
                            TOKEN_USED,
                            BAD_TICKET,
                            TICKET_UNKNOWN,
                            TICKET_EXPIRED,
                            TICKET_USED,
                            TICKET_OF_OTHER_PATH,
                            STORE_OUT_OF_REACH -> null;
                });
    }
}
